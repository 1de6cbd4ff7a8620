#!/usr/bin/env bash
# SCardTransmit with less room than the answer takes. For lists of readers and answers to reset PC/SC has a habit: the call fails,
# says the length, and is made again with enough room.
set -euo pipefail
folder=$(mktemp -d)
started=()
trap 'kill -9 "${started[@]}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: SCARD_E_INSUFFICIENT_BUFFER comes with the length that is needed, and the call made again brings the answer.
true:  code (80100008) and length come, the answer is gone, and calling again sends the command to the card a second time. In a
       session with a counter (secure messaging) that is the end of it; a wrong PIN is counted twice.
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

# The card: answers every command, and notes what it was told and when (seconds).
cat >card.py <<'PY'
import socket, struct, sys, time

reader = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
def take(count):
    taken = b''
    while len(taken) < count:
        part = reader.recv(count - len(taken))
        if not part:
            sys.exit()
        taken += part
    return taken
while True:
    message = take(struct.unpack('>H', take(2))[0])
    name = {b'\0': 'off', b'\1': 'on', b'\2': 'reset', b'\4': 'atr'}.get(message, message.hex())
    answer = {'atr': bytes.fromhex('3b80800101'), 'off': b'', 'on': b'', 'reset': b''}.get(name, bytes(range(10)) + b'\x90\0')
    if name != 'atr':
        print(f'{time.monotonic():.3f} {name}', flush=True)
    if answer:
        reader.sendall(struct.pack('>H', len(answer)) + answer)
PY
python3 card.py "$port" >card.log &
started+=($!)
disown

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

cat >seen.py <<'PY'
from scard import *

context = establish()
until_present(context)
card = connect(context)[1]
short = transmit(card, room=4)
enough = transmit(card)
print('seen:  room for 4:', short, '; again with room for 258:', (*enough[:2], enough[2][:24]))
assert short[0] == '80100008' and enough[0] == '00000000' and enough[1] == 12
PY
python3 seen.py
sent=$(grep -c ' 00b0000000' card.log)
echo "seen:  the card got the command $sent times"
[ "$sent" = 2 ]
