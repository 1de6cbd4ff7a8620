#!/usr/bin/env bash
# One thread waits for readers and cards with SCardGetStatusChange, another one ends the wait with SCardCancel, when the program quits.
set -euo pipefail
folder=$(mktemp -d)
started=()
trap 'kill -9 "${started[@]}" 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"

cat <<'TEXT'
guess: SCardCancel ends the wait that is or the next one, since nobody can know whether the other thread is in its wait already or
       still on its way; or it fails where nothing waits. And releasing the context ends whatever still waits in it.
true:  it succeeds, and a wait that begins after it knows nothing of it: between two waits it is lost. SCardReleaseContext does not end the
       wait but waits for its end, as long as the waiting thread has allowed itself, which mostly is for ever: joining that thread,
       or releasing on the main one, stops the program until some card moves.
TEXT

# A pcscd of our own: a virtual reader without a card, on a socket that is handed over as systemd does.
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
cat >seen.py <<'PY'
import ctypes, threading, time

library, number = ctypes.CDLL('libpcsclite.so.1'), ctypes.c_ulong
reader = b'Virtual PCD 00 00'
class State(ctypes.Structure):
    _fields_ = [('reader', ctypes.c_char_p), ('user', ctypes.c_void_p), ('current', number), ('event', number),
                ('length', number), ('atr', ctypes.c_ubyte * 33)]
def code(result):
    return f'{result & 0xFFFFFFFF:08X}'
def establish():
    context = ctypes.c_long()
    assert code(library.SCardEstablishContext(number(2), None, None, ctypes.byref(context))) == '00000000'
    return context
# Nothing will change: the reader stays empty.
def wait(context, millis):
    one = (State * 1)(State(reader, None, 0, 0, 0))
    library.SCardGetStatusChange(context, number(0), one, number(1))
    one[0].current = one[0].event
    began = time.monotonic()
    result = library.SCardGetStatusChange(context, number(millis), one, number(1))
    return code(result), time.monotonic() - began
def later(act):
    done = []
    def run():
        time.sleep(1)
        began = time.monotonic()
        done.extend((code(act()), time.monotonic() - began))
    thread = threading.Thread(target=run)
    thread.start()
    return thread, done
def told(what, result, seconds):
    print(f'seen:  {what}: {result} after {seconds:.1f} s')

context = establish()
cancelled = code(library.SCardCancel(context))
before, waited = wait(context, 2000)
told(f'SCardCancel {cancelled}, then a wait of 2 s', before, waited)
assert (cancelled, before) == ('00000000', '8010000A'), '8010000A is SCARD_E_TIMEOUT'
assert waited >= 1.9

thread, done = later(lambda: library.SCardCancel(context))
within, waited = wait(context, 10_000)
thread.join()
told('SCardCancel within a wait of 10 s', within, waited)
assert within == '80100002', 'SCARD_E_CANCELLED'
assert waited < 8

thread, done = later(lambda: library.SCardReleaseContext(context))
released, waited = wait(context, 4000)
thread.join()
told('SCardReleaseContext within a wait of 4 s: the wait', released, waited)
told('SCardReleaseContext within a wait of 4 s: the release', *done)
assert released == '8010000A' and waited >= 3.9
assert done[0] == '00000000' and done[1] > 1.5
PY
python3 seen.py
