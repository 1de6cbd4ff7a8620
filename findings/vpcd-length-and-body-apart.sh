#!/usr/bin/env bash
# vpcd is the virtual reader of pcscd: a card is a TCP client that gets two bytes of length and then the command.
set -euo pipefail
folder=$(mktemp -d)
started=()
trap 'kill -9 "${started[@]}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: between programs of one machine a command takes well under a millisecond.
true:  vpcd sends the length and the command by two calls on a socket with Nagle's algorithm on: the second waits for the
       acknowledgement of the first, which Linux delays by some 40 ms. Every command of a reading pays that: 200 of them
       eight seconds. A card that sets TCP_QUICKACK before each receipt does not pay; TCP_NODELAY on its side helps nothing.
TEXT

# A pcscd of our own: a virtual reader of two slots, on a socket that is handed over as systemd does.
cat >daemon.py <<'PY'
import os, socket, subprocess, sys

driver, folder, base = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so', os.getcwd(), int(sys.argv[1])
os.mkdir('readers')
with open('readers/vpcd', 'w') as entry:
    entry.write(f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:{base:#x}\nLIBPATH {driver}\nCHANNELID {base:#x}\n')
listening = socket.socket(socket.AF_UNIX)
listening.bind('socket')
listening.listen(16)
os.dup2(listening.fileno(), 9)
os.dup2(9, 3)
os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid()))
options = subprocess.run(['/usr/sbin/pcscd', '--help'], capture_output=True, text=True).stdout
polkit = ['--disable-polkit'] if '--disable-polkit' in options else []
os.execv('/usr/sbin/pcscd', ['pcscd', '-f', '-d', '-c', f'{folder}/readers', *polkit])
PY
cat >port.py <<'PY'
import socket

while True:
    first, second = socket.socket(), socket.socket()
    first.bind(('127.0.0.1', 0))
    try:
        second.bind(('127.0.0.1', first.getsockname()[1] + 1))
    except (OSError, OverflowError):
        continue
    print(first.getsockname()[1])
    break
PY
port=$(python3 port.py)
python3 daemon.py "$port" >daemon.log 2>&1 &
started+=($!)
disown
until grep -qs 'daemon ready' daemon.log; do kill -0 "${started[0]}" && sleep 0.1; done
echo "version: $(dpkg-query -W -f '${Package} ${Version}, ' pcscd libpcsclite1)$(dpkg-query -W -f '${Package} ${Version}' vsmartcard-vpcd)"
export PCSCLITE_CSOCK_NAME=$folder/socket

# PC/SC through the system's own library, by ctypes.
cat >scard.py <<'PY'
import ctypes, time

library, number = ctypes.CDLL('libpcsclite.so.1'), ctypes.c_ulong
reader = b'Virtual PCD 00 00'
shared, exclusive, leave = number(2), number(1), number(0)
class State(ctypes.Structure):
    _fields_ = [('reader', ctypes.c_char_p), ('user', ctypes.c_void_p), ('current', number), ('event', number),
                ('length', number), ('atr', ctypes.c_ubyte * 33)]
class Protocol(ctypes.Structure):
    _fields_ = [('protocol', number), ('length', number)]
def code(result):
    return f'{result & 0xFFFFFFFF:08X}'
def establish():
    context = ctypes.c_long()
    assert code(library.SCardEstablishContext(number(2), None, None, ctypes.byref(context))) == '00000000'
    return context
def state(context, current=0, wait=0):
    one = (State * 1)(State(reader, None, current, 0, 0))
    result = library.SCardGetStatusChange(context, number(wait), one, number(1))
    return code(result), one[0].event
def until_present(context):
    while not state(context)[1] & 0x20:
        time.sleep(0.1)
def connect(context, mode=shared):
    card, protocol = ctypes.c_long(), number()
    return code(library.SCardConnect(context, reader, mode, number(3), ctypes.byref(card), ctypes.byref(protocol))), card
def transmit(card, command=bytes.fromhex('00b0000000'), room=258):
    answer, length = ctypes.create_string_buffer(room), number(room)
    how = Protocol(2, ctypes.sizeof(Protocol))
    result = library.SCardTransmit(card, ctypes.byref(how), command, number(len(command)), None, answer, ctypes.byref(length))
    return code(result), length.value, answer.raw.hex()
def status(card):
    name, atr = ctypes.create_string_buffer(99), ctypes.create_string_buffer(33)
    lengths = [number(99), number(33)]
    return code(library.SCardStatus(card, name, ctypes.byref(lengths[0]), None, None, atr, ctypes.byref(lengths[1])))
def begin(card):
    return code(library.SCardBeginTransaction(card))
def end(card):
    return code(library.SCardEndTransaction(card, leave))
def disconnect(card):
    return code(library.SCardDisconnect(card, leave))
PY

cat >timed.py <<'PY'
import socket, struct, time

# Plays a card; for each command the milliseconds between length and body.
def play(reader, quick, gaps):
    def take(count):
        taken = b''
        while len(taken) < count:
            if quick:
                reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            part = reader.recv(count - len(taken))
            if not part:
                raise ConnectionError
            taken += part
        return taken
    while True:
        length = struct.unpack('>H', take(2))[0]
        began = time.monotonic()
        message = take(length)
        if length > 1:
            gaps.append(1_000 * (time.monotonic() - began))
        answer = bytes.fromhex('3b80800101') if message == b'\4' else b'\x90\0' if length > 1 else b''
        if answer:
            reader.sendall(struct.pack('>H', len(answer)) + answer)
PY
cat >seen.py <<'PY'
import socket, statistics, sys, threading
from scard import *
from timed import play

context = establish()
medians = {}
for quick in (False, True):
    reader, gaps = socket.create_connection(('127.0.0.1', int(sys.argv[1]))), []
    reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    def run():
        try:
            play(reader, quick, gaps)
        except OSError:
            pass
    threading.Thread(target=run, daemon=True).start()
    until_present(context)
    card = connect(context)[1]
    for _ in range(30):
        assert transmit(card)[0] == '00000000'
    disconnect(card)
    medians[quick] = statistics.median(gaps)
    print(f'seen:  TCP_QUICKACK {"on" if quick else "off"}: {len(gaps)} commands, median {medians[quick]:.1f} ms between length and body')
    reader.shutdown(socket.SHUT_RDWR)
    while state(context)[1] & 0x20:
        time.sleep(0.1)
assert medians[False] > 20 and medians[True] < 10
PY
python3 seen.py "$port"
