#!/usr/bin/env python3
"""Measures the gateway with the load harness, next to the harness's own reference programs, and prints one table.

  run.py --bench DIR [--only w1,w1max,w2,w2max,w3,w3max,memory,capture,soak,tap,tapmax,fork,transcode,watch,accounts] [--repeat 3]
  run.py --bench DIR --only before --before JAR   the bridge and the relay of an earlier build, and of this one, in turn

The server under test is pinned to one core and the load to the other.  Absolute times of a shared machine are noise:
read the ratios.  DIR is the folder of the harness (bench.py, RtpLoad.java, UdpRelay.java, udpblast.c, reference/).
Needs: the built gateway (mvn package), sipp, cc, taskset, a JDK; all traffic stays on loopback.
"""
import argparse, glob, json, os, re, shutil, signal, statistics, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GATEWAY = os.path.join(ROOT, 'routes', 'target', 'voice-gateway.jar')
ROUTES = os.path.join(ROOT, 'examples', 'load', 'routes')
SERVER_CPU, LOAD_CPU = '1', '0'
SIP_PORT, OTHER_PORT, CALLEE, RELAY, SINK, TAP = 25060, 25062, 25070, 25075, 28765, 26010
NOISELESS = ['-Xms1g', '-Xmx2g', '-XX:+UseSerialGC']


def say(text):
    print(time.strftime('%H:%M:%S'), text, flush=True)


class Server:
    """A pinned process that is ended with the block."""

    def __init__(self, command, log, ready=None, wait=2.0):
        self.command, self.log, self.ready, self.wait = command, log, ready, wait

    def __enter__(self):
        out = open(self.log, 'w')
        self.process = subprocess.Popen(['taskset', '-c', SERVER_CPU] + self.command, stdout=out, stderr=subprocess.STDOUT,
                                        stdin=subprocess.DEVNULL)
        end = time.time() + 30
        while self.ready and not self.ready():
            if self.process.poll() is not None or time.time() > end:
                sys.exit('did not start: %s\n%s' % (' '.join(self.command), open(self.log).read()[-3000:]))
            time.sleep(0.1)
        if not self.ready:
            time.sleep(self.wait)
        return self.process.pid

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def routes(jar):
    """An earlier build knows its own routes alone."""
    own = os.path.join(os.path.dirname(os.path.abspath(jar)), '..', '..', 'examples', 'load', 'routes')
    return own if os.path.isdir(own) else ROUTES


def gateway(work, heap=NOISELESS, port=SIP_PORT, more=(), jar=GATEWAY):
    data = tempfile.mkdtemp(prefix='data', dir=work)
    # Idle calls stay up: the watchdog for dead media would end them.
    # The guard against toll fraud would refuse what a load harness places; earlier builds have none.
    ours = ['-Dvoice.calls.per.second=0', '-Dvoice.calls.concurrent=0', '-Dvoice.callback.targets=told=log:load.told?level=DEBUG']
    settings = [*(ours if jar == GATEWAY else []), '-Dcamel.component.voice.hangupOnDeadMedia=false', '-Dvoice.data.dir=' + data, '-Dvoice.routes.dir=' + routes(jar),
                '-Dvoice.sip.port=%d' % port, '-Dvoice.http.port=0', *more, '-Dload.callee.port=%d' % CALLEE, '-Dload.relay.port=%d' % RELAY,
                '-Dload.sink.port=%d' % SINK, '-Dload.tap.port=%d' % TAP, '-Dvoice.outbound.allow=127.0.0.1']
    return Server(['java'] + heap + settings + ['-jar', jar], os.path.join(work, 'gateway-%d.log' % port),
                  lambda: os.path.exists(os.path.join(data, 'ports.json')))


def jain(args, work):
    """The bare JAIN-SIP stack of the harness, tuned as its README says."""
    classes = os.path.join(work, 'jain')
    jar = (glob.glob(os.path.join(ROOT, 'routes/target/lib/jain-sip-ri-*.jar')) or sys.exit('no jain-sip-ri jar: build the gateway'))[0]
    if not os.path.isdir(classes):
        compiler = args.log4j or find_log4j()
        sources = [os.path.join(args.bench, 'reference', f) for f in ('JainUas.java', 'NoopLog.java', 'NoopServerLog.java')]
        subprocess.check_call(['javac', '-nowarn', '-cp', jar + ':' + compiler, '-d', classes] + sources, stderr=subprocess.DEVNULL)
    options = ['gov.nist.javax.sip.STACK_LOGGER=NoopLog', 'gov.nist.javax.sip.SERVER_LOGGER=NoopServerLog',
               'gov.nist.javax.sip.REENTRANT_LISTENER=true', 'gov.nist.javax.sip.THREAD_POOL_SIZE=1',
               'gov.nist.javax.sip.AGGRESSIVE_CLEANUP=true', 'gov.nist.javax.sip.LINGER_TIMER=1',
               'gov.nist.javax.sip.MAX_MESSAGE_SIZE=8192', 'gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE=4194304',
               'gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE=1048576']
    return Server(['java'] + NOISELESS + ['-cp', classes + ':' + jar, 'JainUas', '127.0.0.1', str(SIP_PORT)] + options,
                  os.path.join(work, 'jain.log'), wait=2.5)


def find_log4j():
    found = glob.glob(os.path.expanduser('~/.m2/repository/ch/qos/reload4j/reload4j/*/reload4j-*.jar'))
    if not found:
        sys.exit('the reference needs a log4j 1.x API to compile with: name a reload4j jar with --log4j')
    return found[0]


def sipp_uas(args, work):
    return Server(['sipp', '-sf', args.bench + '/scenarios/uas_call.xml', '-i', '127.0.0.1', '-p', str(SIP_PORT), '-nostdin', '-buff_size',
                   '4000000', '-deadcall_wait', '0', '-l', '100000', '-mi', '127.0.0.1', '-mp', '6400'], os.path.join(work, 'sipp.log'))


def calls(args, work, pid, workload, user, rates, seconds, repeat, warmup, label, port=SIP_PORT):
    """bench.py on a running server; returns its JSON rows."""
    rows = os.path.join(work, 'rows-%s-%d.json' % (label, time.time_ns()))
    command = ['python3', args.bench + '/bench.py', '--target', '127.0.0.1:%d' % port, '--user', user, '--pid', str(pid), '--rates',
               ','.join(map(str, rates)), '--seconds', str(seconds), '--repeat', str(repeat), '--workload', workload, '--load-cpus', LOAD_CPU,
               '--json', rows, '--label', label]
    if workload == 'W2':
        command += ['--callee', '127.0.0.1:%d' % CALLEE]
    if warmup:
        command += ['--warmup', '1000' if workload == 'W1' else '400', '--warmup-seconds', str(warmup / (1000 if workload == 'W1' else 400))]
    subprocess.check_call(command)
    return [json.loads(line) for line in open(rows)]


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def highest(rows):
    passed = [row['offered'] for row in rows if row['pass']]
    return max(passed) if passed else 0


class Table:
    def __init__(self):
        self.rows = []

    def add(self, *cells):
        self.rows.append(cells)
        say('== ' + ' | '.join(map(str, cells)))

    def show(self):
        print('\n| workload | server | figure | value |\n|---|---|---|---|')
        for row in self.rows:
            print('| ' + ' | '.join(map(str, row)) + ' |')


def w1(args, work, table):
    cost = {}
    for label, server, warmup in (('gateway', gateway(work), 15000), ('bare JAIN-SIP', jain(args, work), 15000), ('SIPp', sipp_uas(args, work), 0)):
        with server as pid:
            rows = calls(args, work, pid, 'W1', '100', [300], 15, args.repeat, warmup, label.split()[-1])
        cost[label] = median(rows, 'cpu_per_1000')
        table.add('W1 answer, 300/s', label, 'CPU s per 1,000 calls', '%.3f' % cost[label])
        table.add('W1 answer, 300/s', label, 'set-up p99', '%.2f ms' % median(rows, 'p99_ms'))
    table.add('W1 answer, 300/s', 'gateway', 'times bare JAIN-SIP', '%.2f' % (cost['gateway'] / cost['bare JAIN-SIP']))
    table.add('W1 answer, 300/s', 'gateway', 'times SIPp', '%.2f' % (cost['gateway'] / cost['SIPp']))


def w1max(args, work, table):
    for label, server in (('gateway', gateway(work)), ('bare JAIN-SIP', jain(args, work))):
        with server as pid:
            rows = calls(args, work, pid, 'W1', '100', [750, 1000, 1500, 2000, 2500], 12, 1, 15000, label.split()[-1])
        table.add('W1 highest clean rate', label, 'calls/s', '%g' % highest(rows))
        for row in rows:
            if row['offered'] in (750, 1500):
                table.add('W1 at %g/s' % row['offered'], label, 'set-up p99', '%.2f ms' % row['p99_ms'])


def w2(args, work, table):
    with gateway(work) as pid:
        rows = calls(args, work, pid, 'W2', '200', [100], 15, args.repeat, 15000, 'gateway')
    table.add('W2 bridge, 100/s', 'gateway', 'CPU s per 1,000 calls', '%.3f' % median(rows, 'cpu_per_1000'))
    table.add('W2 bridge, 100/s', 'gateway', 'set-up p99', '%.2f ms' % median(rows, 'p99_ms'))


def w2max(args, work, table):
    with gateway(work) as pid:
        rows = calls(args, work, pid, 'W2', '200', [300, 600, 800], 10, 1, 15000, 'gateway')
    table.add('W2 highest clean rate', 'gateway', 'calls/s', '%g' % highest(rows))


def rtp(args, work, pid, mode, steps, seconds, label, extra=(), user='201'):
    out = subprocess.run(['taskset', '-c', LOAD_CPU, 'java', args.bench + '/RtpLoad.java', '--target', '127.0.0.1:%d' % SIP_PORT, '--user', user,
                          '--mode', mode, '--callee-port', str(RELAY), '--calls', ','.join(map(str, steps)), '--seconds', str(seconds), '--pid',
                          str(pid), '--label', label, *extra], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    print(out, flush=True)
    found = []
    for line in out.splitlines():
        hit = re.search(r'calls +(\d+) up +(\d+) fail (\d+).*loss (-?[\d.]+)% .*latency us p50 (\d+) p99 (\d+).*= ([\d.]+) cpu-s/stream-min '
                        r'\| RSS ([\d.]+) -> ([\d.]+) MB \(([-\d.]+) kB/call\)', line)
        if hit:
            found.append(dict(calls=int(hit[1]), up=int(hit[2]), failed=int(hit[3]), loss=float(hit[4]), p99=int(hit[6]), cpu=float(hit[7]),
                              rss=float(hit[9]), per_call=float(hit[10])))
            sink = re.search(r'tap rx (\d+)/s, tap latency us p50 (\d+) p99 (\d+) max (\d+), ws conns (\d+) text (\d+) bytes/s (\d+)', line)
            if sink:
                found[-1].update(tap_rate=int(sink[1]), tap_p50=int(sink[2]), tap_p99=int(sink[3]), tap_max=int(sink[4]), sockets=int(sink[5]),
                                 texts=int(sink[6]))
    return found


def nio_relay(args, work, streams, seconds):
    """The harness's bare NIO relay under the same number of streams: CPU seconds per stream-minute."""
    blast = os.path.join(work, 'udpblast')
    if not os.path.exists(blast):
        subprocess.check_call(['cc', '-O2', '-o', blast, args.bench + '/udpblast.c', '-lpthread'])
    with Server(['java', '-XX:+UseSerialGC', args.bench + '/UdpRelay.java', 'nio', str(streams), '41000'], os.path.join(work, 'relay.log'),
                wait=4) as pid:
        costs = []
        for run in range(args.repeat + 1):
            out = subprocess.run(['taskset', '-c', LOAD_CPU, blast, 'load', str(streams), '41000', str(streams * 50), str(seconds), str(pid)],
                                 stdout=subprocess.PIPE, text=True).stdout
            print(out, end='', flush=True)
            if run:
                costs.append(float(re.search(r'cpu ([\d.]+)%', out)[1]) / 100 * 60 / streams)
    return statistics.median(costs)


def w3(args, work, table):
    with gateway(work) as pid:
        rows = rtp(args, work, pid, 'relay', [100, 100, 100, 100], 20, 'gateway')[1:]
        at200 = rtp(args, work, pid, 'relay', [200], 20, 'gateway')
    ours, reference = median(rows, 'cpu'), nio_relay(args, work, 200, 15)
    table.add('W3 relay, 100 calls', 'gateway', 'CPU s per stream-minute', '%.4f' % ours)
    table.add('W3 relay, 200 streams', 'bare NIO relay', 'CPU s per stream-minute', '%.4f' % reference)
    table.add('W3 relay, 100 calls', 'gateway', 'times the NIO relay', '%.2f' % (ours / reference))
    for row in at200:
        table.add('W3 relay, 200 calls', 'gateway', 'latency p99', '%d us' % row['p99'])


def fork(args, work, table):
    """One caller for whom ten are called, one answers and nine are cancelled; next to ten calls that are answered."""
    callee = ['taskset', '-c', LOAD_CPU, 'sipp', '-sf', os.path.join(ROOT, 'examples', 'load', 'fork-callee.xml'), '-i', '127.0.0.1', '-p', str(CALLEE),
              '-nostdin', '-buff_size', '4000000', '-deadcall_wait', '0', '-l', '100000', '-mi', '127.0.0.1', '-mp', '6400']
    with gateway(work) as pid:
        with open(os.path.join(work, 'fork-callee.log'), 'w') as log:
            peer = subprocess.Popen(callee, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        try:
            calls(args, work, pid, 'W1', '202', [20], 60, 1, 0, 'warm-up')
            forks = calls(args, work, pid, 'W1', '202', [20], 15, args.repeat, 0, 'fork')
            plain = calls(args, work, pid, 'W1', '100', [200], 15, args.repeat, 15000, 'plain')
        finally:
            peer.terminate()
            peer.wait(10)
    cost, ten = median(forks, 'cpu_per_1000'), 10 * median(plain, 'cpu_per_1000')
    table.add('fork to ten, 20/s', 'gateway', 'CPU ms a fork', '%.2f' % cost)
    table.add('ten answered calls, 200/s', 'gateway', 'CPU ms for ten', '%.2f' % ten)
    table.add('fork to ten', 'gateway', 'times ten answered calls', '%.2f' % (cost / ten))
    table.add('fork to ten', 'gateway', 'set-up p99', '%.2f ms' % median(forks, 'p99_ms'))


def transcode(args, work, table):
    """Opus on one side, PCMU on the other; after a warm-up for the compiler. 60 calls are the aim, without a late frame."""
    with gateway(work) as pid:
        out = subprocess.run(['taskset', '-c', LOAD_CPU, 'java', os.path.join(ROOT, 'examples', 'load', 'OpusLoad.java'), '--target',
                              '127.0.0.1:%d' % SIP_PORT, '--user', '203', '--callee-port', str(RELAY), '--calls', '20,60,60,60,120', '--seconds', '20',
                              '--pid', str(pid), '--tone', os.path.join(ROOT, 'examples', 'load', 'tone.opus.txt')],
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    print(out, flush=True)
    for run in re.findall(r'calls (\d+) failed (\d+), .* = ([\d.]+) % of a core.*\n.*: (\d+) of \d+ frames, (\d+) lost on the way, (\d+) late.*p99 '
                          r'([\d.]+) max ([\d.]+) ms\n.*: \d+ of \d+ frames, (\d+) lost on the way, (\d+) late.*p99 ([\d.]+) max ([\d.]+) ms', out):
        table.add('transcoding, %s calls' % run[0], 'gateway', 'lost, late frames', '%d, %d' % (int(run[4]) + int(run[8]), int(run[5]) + int(run[9])))
        table.add('transcoding, %s calls' % run[0], 'gateway', 'of a core; p99, max behind', '%s %%; %s, %s ms' % (run[2], max(run[6], run[10], key=float),
                                                                                                          max(run[7], run[11], key=float)))


def before(args, work, table):
    """The same two workloads on an earlier build and on this one, in turn, so that both see the same machine; this one with callbacks as well."""
    jars = {'before': args.before or sys.exit('--only before needs --before JAR'), 'after': GATEWAY}
    bridged, relayed = {'before': [], 'after': [], 'after, told by callback': []}, {'before': [], 'after': []}
    for turn in range(2):
        for label, jar in jars.items():
            with gateway(work, jar=jar) as pid:
                bridged[label] += calls(args, work, pid, 'W2', '200', [100], 15, args.repeat, 15000, label)
                if label == 'after':
                    bridged['after, told by callback'] += calls(args, work, pid, 'W2', '204', [100], 15, args.repeat, 0, 'told')
                relayed[label] += rtp(args, work, pid, 'relay', [100] * (args.repeat + 1), 15, label)[1:]
    for title, found, key, unit in (('W2 bridge, 100/s', bridged, 'cpu_per_1000', 'CPU s per 1,000 calls'),
                                    ('W3 relay, 100 calls', relayed, 'cpu', 'CPU s per stream-minute')):
        for label, rows in found.items():
            table.add(title, label, unit, '%.4f (%.2f times before)' % (median(rows, key), median(rows, key) / median(found['before'], key)))


def w3max(args, work, table):
    with gateway(work) as pid:
        for row in rtp(args, work, pid, 'relay', [400, 700], 12, 'gateway', ('--rate', '100')):
            table.add('W3 relay, %d calls' % row['calls'], 'gateway', 'loss, latency p99', '%.3f %%, %d us' % (row['loss'], row['p99']))


SINKS = ('--sinks', 'ws,rtp', '--ws-port', str(SINK), '--tap-port', str(TAP))
TAPS = (('210', 'WebSocket, both mixed'), ('211', 'WebSocket, speak as it comes'), ('212', 'WebSocket, both as tracks (twilio)'), ('213', 'RTP, speak'),
        ('214', 'RTP, both mixed'))


def arrived(rows):
    return 'frames/s, lateness p50, p99' if median(rows, 'tap_rate') else 'text messages, from the first call on'


def came(rows):
    """The generator looks into binary frames and RTP alone; what was mixed or is JSON does not show its clock."""
    if median(rows, 'tap_rate'):
        return '%d, %s' % (median(rows, 'tap_rate'), '%d, %d us' % (median(rows, 'tap_p50'), median(rows, 'tap_p99'))
                           if median(rows, 'tap_p50') else 'not to be seen')
    return '%d' % max(row['texts'] for row in rows)


def tap(args, work, table):
    """100 relayed calls, without and with a tap on each; a relayed call is two streams. How late a frame is can be seen where it is passed on as it
    came: the generator's clock is in it."""
    with gateway(work) as pid:
        bare = rtp(args, work, pid, 'relay', [100] * (args.repeat + 1), 15, 'relay')[1:]
        table.add('W3 relay, 100 calls', 'gateway', 'CPU s per stream-minute', '%.4f' % median(bare, 'cpu'))
        for user, label in TAPS:
            rows = rtp(args, work, pid, 'relay', [100] * (args.repeat + 1), 15, 'tap-' + user, SINKS, user)[1:]
            title = '100 calls relayed and tapped: ' + label
            table.add(title, 'gateway', 'CPU s per stream-minute', '%.4f' % median(rows, 'cpu'))
            table.add(title, 'gateway', 'call: loss, latency p99', '%.3f %%, %d us' % (max(row['loss'] for row in rows), median(rows, 'p99')))
            table.add(title, 'sink', arrived(rows), came(rows))


def tapmax(args, work, table):
    with gateway(work) as pid:
        for user, label, count in (('211', 'speak', 200), ('210', 'both mixed', 200), ('210', 'both mixed', 300), ('212', 'both as tracks', 300)):
            for row in rtp(args, work, pid, 'relay', [count], 20, 'tap-' + user, SINKS + ('--rate', '50'), user):
                title = '%d calls relayed and tapped to a WebSocket, %s' % (row['calls'], label)
                table.add(title, 'gateway', 'up, failed; loss, latency p99', '%d, %d; %.3f %%, %d us' % (row['up'], row['failed'], row['loss'], row['p99']))
                table.add(title, 'gateway', 'CPU s per stream-minute', '%.4f' % row['cpu'])
                table.add(title, 'sink', arrived([row]), came([row]))


def memory(args, work, table):
    """2,000 bridged calls without media in a heap of 512 MB; the live heap before, with them, and after their transactions ran out."""
    wanted = 2000
    callee = ['sipp', '-sf', args.bench + '/scenarios/uas_call.xml', '-i', '127.0.0.1', '-p', str(CALLEE), '-nostdin', '-buff_size', '4000000',
              '-deadcall_wait', '0', '-l', '100000', '-mi', '127.0.0.1', '-mp', '6400']
    with gateway(work, ['-Xmx512m', '-XX:+UseSerialGC']) as pid:
        phone = subprocess.Popen(['taskset', '-c', LOAD_CPU] + callee, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 stdin=subprocess.DEVNULL, cwd=work, env=dict(os.environ, TERM='dumb'))
        try:
            calls(args, work, pid, 'W1', '100', [200], 5, 1, 0, 'warm')
            time.sleep(40)
            before = live_heap(pid)
            load = subprocess.Popen(['taskset', '-c', LOAD_CPU, 'java', args.bench + '/RtpLoad.java', '--target', '127.0.0.1:%d' % SIP_PORT, '--user',
                                     '200', '--mode', 'idle', '--calls', str(wanted), '--rate', '50', '--seconds', '50', '--pid', str(pid)],
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            time.sleep(wanted / 50 + 42)
            during = live_heap(pid)
            out = load.communicate()[0]
            print(out, flush=True)
            up = re.search(r'up +(\d+) fail (\d+)', out)
            time.sleep(40)
            after = live_heap(pid)
        finally:
            phone.terminate()
            phone.wait(10)
    table.add('memory, -Xmx512m', 'gateway', 'bridged calls up, failed', '%s, %s of %d' % (up[1], up[2], wanted))
    table.add('memory, -Xmx512m', 'gateway', 'live heap a bridged call', '%.1f kB' % ((during - before) * 1000 / int(up[1])))
    table.add('memory, -Xmx512m', 'gateway', 'live heap before, with, after', '%.1f, %.1f, %.1f MB' % (before, during, after))


def cpu_seconds(pid):
    fields = open('/proc/%d/stat' % pid).read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def compiler_seconds(pid):
    """CPU time of the JVM's compiler threads."""
    total = 0
    for stat in glob.glob('/proc/%d/task/*/stat' % pid):
        name, fields = open(stat).read().split('(', 1)[1].rsplit(')', 1)
        if name.startswith(('C1 Comp', 'C2 Comp')):
            total += int(fields.split()[11]) + int(fields.split()[12])
    return total / os.sysconf('SC_CLK_TCK')


def rss(pid):
    return int(re.search(r'VmRSS:\s+(\d+)', open('/proc/%d/status' % pid).read())[1]) / 1000


def capture(args, work, table):
    """Two gateways side by side on one core, one that writes calls down and one that does not, loaded in turn. What counts is all their CPU time
    from the first measured call to 40 s after the last: by then the log is in the database and the traces are closed. Time of the JVM's compiler
    is told apart: after 30,000 calls of warm-up it still works, now for one side, now for the other."""
    sides = {'off': OTHER_PORT, 'on': SIP_PORT}
    jvm = NOISELESS + ['-XX:-UseDynamicNumberOfCompilerThreads']
    with gateway(work, jvm, OTHER_PORT, ['-Dvoice.capture=off']) as off, gateway(work, jvm) as on:
        pids = {'off': off, 'on': on}
        for workload, user, rate, count in (('W1', '100', 300, 4500), ('W2', '200', 100, 1500)):
            for side, port in sides.items():
                calls(args, work, pids[side], workload, user, [rate], 1, 1, args.warm_up if workload == 'W1' else args.warm_up // 2, 'warm-' + side, port)
            time.sleep(40)
            before = {side: (cpu_seconds(pid), compiler_seconds(pid)) for side, pid in pids.items()}
            rows = {'off': [], 'on': []}
            for run in range(args.repeat):
                for side in ('off', 'on') if run % 2 == 0 else ('on', 'off'):
                    rows[side] += calls(args, work, pids[side], workload, user, [rate], count // rate, 1, 0, side, sides[side])
            time.sleep(40)
            cost, steady = {}, {}
            for side, pid in pids.items():
                done = sum(row['calls'] for row in rows[side]) / 1000
                cost[side] = (cpu_seconds(pid) - before[side][0]) / done
                steady[side] = cost[side] - (compiler_seconds(pid) - before[side][1]) / done
            title = '%s, %d/s' % (workload, rate)
            for side in ('off', 'on'):
                table.add(title, 'capture ' + side, 'CPU s per 1,000 calls, all in', '%.3f' % cost[side])
                table.add(title, 'capture ' + side, 'the same without the JVM\'s compiler', '%.3f' % steady[side])
                table.add(title, 'capture ' + side, 'while the calls run (median)', '%.3f' % median(rows[side], 'cpu_per_1000'))
                table.add(title, 'capture ' + side, 'set-up p50, p99', '%.2f, %.2f ms' % (median(rows[side], 'p50_ms'), median(rows[side], 'p99_ms')))
                table.add(title, 'capture ' + side, 'failed, retransmitted', '%d, %d' % (sum(row['failed'] for row in rows[side]),
                                                                                        sum(row['retrans'] for row in rows[side])))
            table.add(title, 'capture on against off', 'more CPU (aim: 15 % at most)', '%+.1f %%' % (100 * (cost['on'] / cost['off'] - 1)))
            table.add(title, 'capture on against off', 'more CPU without the JVM\'s compiler', '%+.1f %%' % (100 * (steady['on'] / steady['off'] - 1)))
            table.add(title, 'capture on against off', 'more CPU while the calls run', '%+.1f %%' % (
                100 * (median(rows['on'], 'cpu_per_1000') / median(rows['off'], 'cpu_per_1000') - 1)))


def soak(args, work, table):
    """100,000 calls with capture on, in the default heap of a small machine: live heap and resident memory must stay where they are."""
    with gateway(work, ['-Xmx512m', '-XX:+UseSerialGC']) as pid:
        for step in range(6):
            row = calls(args, work, pid, 'W1', '100', [args.soak_rate], 20000 // args.soak_rate, 1, 0, 'soak')[0]
            if step % 5 and step != 2:
                continue
            time.sleep(42)
            table.add('soak, %d/s, -Xmx512m' % args.soak_rate, 'after %d calls' % (20000 * (step + 1)), 'live heap, RSS', '%.1f, %.0f MB; failed %d, p99 %.0f ms' % (
                live_heap(pid), rss(pid), row['failed'], row['p99_ms']))


class Notifier:
    """NotifierLoad.java on the core of the load; asked by lines."""

    def __init__(self, work, expires):
        self.command = ['taskset', '-c', LOAD_CPU, 'java', '-Xmx512m', '-XX:+UseSerialGC', os.path.join(ROOT, 'examples', 'load', 'NotifierLoad.java'),
                        str(CALLEE), str(expires)]
        self.log = os.path.join(work, 'notifier.log')

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(self.log, 'w'), text=True)
        if not self.process.stdout.readline().startswith('ready'):
            sys.exit('the notifier did not start: ' + open(self.log).read())
        return self

    def ask(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def spread(seconds, first, last):
    """How even it was: the fullest second over the mean, of whole seconds."""
    counts = [seconds.get(str(each), 0) for each in range(first, last)]
    mean = sum(counts) / len(counts) if counts else 0
    return '%.1f a second, fullest %d (%.2f times), emptiest %d' % (mean, max(counts), max(counts) / mean, min(counts)) if mean else 'none'


def exchanges(log):
    """How many the route had: the last line of its log endpoint."""
    found = re.findall(r'Received: (\d+) (?:new )?messages, with total (\d+) so far', open(log).read())
    return int(found[-1][1]) if found else 0


def bare_notifier(table, rate=5000):
    """What the generator can do by itself, next to a subscriber that does nothing."""
    out = subprocess.run(['java', os.path.join(ROOT, 'examples', 'load', 'NotifierLoad.java'), 'probe', '10000', str(rate), '5'], stdout=subprocess.PIPE, text=True).stdout
    found = json.loads(out)
    table.add('the load notifier by itself', 'bare subscriber', '%d NOTIFY/s: answered, repeated, latest behind' % rate, '%d of %d, %d, %.1f ms' % (
        found['answers'].get('200', 0), found['notifies'], found['again'], found['lagMs']))


def watch(args, work, table):
    """Resources watched one by one by one route, each change an exchange: how they start, what one costs in memory, what a round of refreshes and
    NOTIFYs cost in CPU, and how evenly refreshes come. The notifier grants four minutes, so that refreshes go on in both windows."""
    count, rate, granted, window = args.watched, 200, 240, 80
    bare_notifier(table)
    resources = os.path.join(work, 'resources.xml')
    with open(resources, 'w') as out:
        out.write('<?xml version="1.0"?>\n<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list>\n')
        out.writelines('<entry uri="sip:phone%d@127.0.0.1:%d"/>\n' % (each, CALLEE) for each in range(count))
        out.write('</list></resource-lists>\n')
    one = os.path.join(work, 'one.xml')
    with open(one, 'w') as out:
        out.write('<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list><entry uri="sip:phone@127.0.0.1:%d"/></list></resource-lists>' % CALLEE)
    title, heap = '%d watched' % count, ['-Xmx1g', '-XX:+UseSerialGC']
    folder = os.path.join(ROOT, 'examples', 'load', 'watch')
    log = os.path.join(work, 'gateway-%d.log' % SIP_PORT)

    def started(file):
        return gateway(work, heap, more=['-Dload.watch.resources=file:' + file, '-Dvoice.routes.dir=' + folder])

    with Notifier(work, granted) as notifier:
        with started(one) as pid:
            time.sleep(15)
            empty, empty_rss = live_heap(pid), rss(pid)
        notifier.ask('reset')
        former = notifier.ask('report')['dialogs']
        with started(resources) as pid:
            start, before = time.time(), cpu_seconds(pid)
            while notifier.ask('report')['dialogs'] - former < count and time.time() < start + 180:
                time.sleep(0.5)
            report = notifier.ask('report')
            starts = {int(second): each for second, each in report['firsts'].items()}
            table.add(title, 'gateway', 'subscribed', '%d in %.0f s' % (report['dialogs'] - former, max(starts) - min(starts) + 1))
            table.add(title, 'gateway', 'first SUBSCRIBEs', spread(report['firsts'], min(starts) + 1, max(starts)) )
            table.add(title, 'gateway', 'CPU s a thousand subscribed, JVM start and warm-up included', '%.2f' % (1000 * (cpu_seconds(pid) - before) / max(1, report['dialogs'] - former)))
            time.sleep(20)
            full = live_heap(pid)
            table.add(title, 'gateway', 'live heap with 1, with all; a subscription', '%.1f, %.1f MB; %.2f kB' % (empty, full, 1000 * (full - empty) / count))
            table.add(title, 'gateway', 'resident with 1, with all (at most 1 GB of heap)', '%.0f, %.0f MB' % (empty_rss, rss(pid)))
            costs = []
            for load in (False, True):
                notifier.ask('reset')
                seen, began, spent, compiled, clock = exchanges(log), time.time(), cpu_seconds(pid), compiler_seconds(pid), cpu_seconds(notifier.process.pid)
                if load:
                    notifier.ask('load %d %d' % (rate, window))
                else:
                    time.sleep(window)
                took, spent, compiled = time.time() - began, cpu_seconds(pid) - spent, compiler_seconds(pid) - compiled
                share = (cpu_seconds(notifier.process.pid) - clock) / took
                time.sleep(8)
                report = notifier.ask('report')
                refreshes = sum(report['refreshes'].values())
                name = title + (', %d NOTIFY/s' % rate if load else ', nothing changes')
                costs.append((spent, spent - compiled, took, report['changes']))
                table.add(name, 'gateway', 'CPU, all and without the compiler', '%.1f %%, %.1f %% of a core; RSS %.0f MB' % (100 * spent / took, 100 * (spent - compiled) / took, rss(pid)))
                table.add(name, 'gateway', 'refreshes', spread(report['refreshes'], 1, int(took)))
                table.add(name, 'gateway', 'NOTIFYs; 200; others; repeated; unanswered', '%d; %d; %d; %d; %d' % (report['notifies'], report['answers'].get('200', 0), sum(
                    each for code, each in report['answers'].items() if code != '200'), report['again'], report['unanswered']))
                table.add(name, 'gateway', 'NOTIFY answered p50, p99, most', '%.1f, %.1f, %.1f ms' % tuple(report[each] / 1000 for each in ('p50us', 'p99us', 'maxus')))
                table.add(name, 'gateway', 'changes sent, exchanges made', '%d, %d' % (report['changes'], exchanges(log) - seen))
                table.add(name, 'gateway', 'subscriptions that lapsed, that were made anew', '%d, %d' % (report['lapsed'], sum(report['firsts'].values())))
                table.add(name, 'load notifier', 'of its core; latest behind', '%.0f %%; %.1f ms' % (100 * share, report['lagMs']))
                if not load:
                    table.add(name, 'gateway', 'CPU s a round of refreshes of all (%d seen), all and without the compiler' % refreshes, '%.2f, %.2f' % (
                        spent * count / max(1, refreshes), (spent - compiled) * count / max(1, refreshes)))
            idle, busy = costs
            table.add(title, 'gateway', 'CPU s per 1,000 NOTIFY, all and without the compiler', '%.3f, %.3f' % tuple(
                1000 * (busy[each] - idle[each] * busy[2] / idle[2]) / busy[3] for each in (0, 1)))
            after = live_heap(pid)
            table.add(title, 'gateway', 'live heap at the end', '%.1f MB' % after)


class Registrar:
    """Kamailio on the core of the load; every REGISTER is a line of its log."""

    def __init__(self, work, expires):
        self.folder = tempfile.mkdtemp(prefix='kamailio', dir=work)
        self.log = os.path.join(self.folder, 'log')
        text = open(os.path.join(ROOT, 'examples', 'load', 'accounts', 'kamailio.cfg')).read()
        with open(os.path.join(self.folder, 'kamailio.cfg'), 'w') as out:
            out.write(text.replace('@PORT@', str(CALLEE)).replace('@DIR@', self.folder).replace('@EXPIRES@', str(expires)))

    def __enter__(self):
        self.start()
        return self

    def start(self):
        path = os.environ['PATH'] + ':/usr/sbin'
        self.process = subprocess.Popen(['taskset', '-c', LOAD_CPU, shutil.which('kamailio', path=path), '-f', 'kamailio.cfg', '-w', self.folder, '-Y', self.folder,
                                         '-P', os.path.join(self.folder, 'pid'), '-DD', '-E', '-m', '256', '-M', '8'], cwd=self.folder, stdout=open(self.log, 'a'),
                                        stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)
        end = time.time() + 15
        while not os.path.exists(os.path.join(self.folder, 'ctl')) or not self.bound(True):
            if self.process.poll() is not None or time.time() > end:
                sys.exit('kamailio did not start: ' + open(self.log).read()[-2000:])
            time.sleep(0.1)

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.path.exists(os.path.join(self.folder, 'ctl')) and os.remove(os.path.join(self.folder, 'ctl'))

    def bound(self, asked=False):
        """Accounts that it knows; or whether it answers at all."""
        out = subprocess.run([shutil.which('kamcmd', path=os.environ['PATH'] + ':/usr/sbin'), '-s', 'unix:' + os.path.join(self.folder, 'ctl'), 'stats.fetchn', 'all'],
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        hit = re.search(r'location_contacts: (\d+)', out)
        return bool(hit) if asked else int(hit[1]) if hit else 0

    def seen(self, what, since, until=None):
        """How many in each second from a time on: {0: n, 1: n, ...}, by the numbers of the seconds as texts."""
        counts = {}
        for line in open(self.log, errors='replace'):
            hit = re.search(r'\b(%s) ([\d.]+) ' % what, line)
            if hit and float(hit[2]) >= since and (until is None or float(hit[2]) < until):
                second = str(int(float(hit[2]) - since))
                counts[second] = counts.get(second, 0) + 1
        return counts

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()


def accounts(args, work, table):
    """Accounts at a registrar with digest: how they come, what one costs, how evenly refreshes go out, what the herd does when the server was killed and
    is back, and how they leave."""
    count, granted, away = args.accounts, args.granted, 40
    title, heap = '%d accounts' % count, ['-Xmx1g', '-XX:+UseSerialGC']
    folder = os.path.join(ROOT, 'examples', 'load', 'accounts')
    for name, many in (('one', 1), ('all', count)):
        with open(os.path.join(work, name), 'w') as out:
            out.write('\n'.join('load%d@127.0.0.1:%d' % (each, CALLEE) for each in range(many)))

    def started(name):
        return gateway(work, heap, more=['-Dload.accounts.folder=' + work, '-Dload.accounts.file=' + name, '-Dload.accounts.expires=1h',
                                         '-Dvoice.routes.dir=' + folder])

    with Registrar(work, granted) as registrar:
        with started('one') as pid:
            time.sleep(15)
            empty, empty_rss, one = live_heap(pid), rss(pid), registrar.bound()
        table.add(title, 'registrar', 'the one account came, and went', '%d, %d' % (one, registrar.bound()))
        server = started('all')
        with server as pid:
            start, before, compiled = time.time(), cpu_seconds(pid), compiler_seconds(pid)
            while registrar.bound() < count and time.time() < start + 60 + count / 20:
                time.sleep(0.5)
            spent, without = cpu_seconds(pid) - before, cpu_seconds(pid) - before - compiler_seconds(pid) + compiled
            firsts = {int(second): each for second, each in registrar.seen('TAKEN', start).items()}
            whole = {str(second): each for second, each in firsts.items()}
            table.add(title, 'gateway', 'registered', '%d in %d s' % (registrar.bound(), max(firsts) - min(firsts) + 1))
            table.add(title, 'gateway', 'first ones', spread(whole, min(firsts) + 1, max(firsts)))
            table.add(title, 'gateway', 'CPU s a thousand registered, warm-up included; without the compiler', '%.2f, %.2f' % (1000 * spent / count, 1000 * without / count))
            time.sleep(10)
            full = live_heap(pid)
            table.add(title, 'gateway', 'live heap with 1, with all; an account', '%.1f, %.1f MB; %.2f kB' % (empty, full, 1000 * (full - empty) / count))
            table.add(title, 'gateway', 'resident with 1, with all (at most 1 GB of heap); an account', '%.0f, %.0f MB; %.1f kB' % (
                empty_rss, rss(pid), 1000 * (rss(pid) - empty_rss) / count))
            for turn in ('first', 'second'):
                began, spent, compiled = time.time(), cpu_seconds(pid), compiler_seconds(pid)
                time.sleep(granted)
                spent, compiled = cpu_seconds(pid) - spent, compiler_seconds(pid) - compiled
                refreshes = registrar.seen('TAKEN', began, began + granted)
                made = sum(refreshes.values())
                name = title + ', %s %d s' % (turn, granted)
                table.add(name, 'gateway', 'refreshes', '%d; %s' % (made, spread(refreshes, 0, granted)))
                table.add(name, 'gateway', 'REGISTERs that were asked for credentials again; bindings that lapsed', '%d; %d' % (
                    sum(registrar.seen('ASKED', began, began + granted).values()), sum(registrar.seen('LAPSED', began, began + granted).values())))
                table.add(name, 'gateway', 'CPU s per 1,000 refreshes, all and without the compiler; of a core', '%.3f, %.3f; %.1f %%' % (
                    1000 * spent / max(1, made), 1000 * (spent - compiled) / max(1, made), 100 * spent / granted))
            table.add(title, 'gateway', 'live heap after these', '%.1f MB; RSS %.0f MB' % (live_heap(pid), rss(pid)))
            registrar.kill()
            gone, spent = time.time(), cpu_seconds(pid)
            time.sleep(away)
            spent = cpu_seconds(pid) - spent
            table.add(title + ', server gone %d s' % away, 'gateway', 'CPU', '%.1f %% of a core' % (100 * spent / away))
            registrar.start()
            back = time.time()
            while registrar.bound() < count and time.time() < back + 2 * granted + 600:
                time.sleep(0.5)
            took = time.time() - back
            table.add(title + ', server back', 'gateway', 'all there again', '%d of %d, %.0f s after it was back' % (registrar.bound(), count, took))
            came = registrar.seen('ASKED|TAKEN', back, back + took)
            table.add(title + ', server back', 'gateway', 'REGISTERs, those with and without credentials', '%d; %s' % (sum(came.values()), spread(came, 0, int(took) + 1)))
            table.add(title + ', server back', 'gateway', 'live heap', '%.1f MB; RSS %.0f MB' % (live_heap(pid), rss(pid)))
            there, leaving = registrar.bound(), time.time()
        took = time.time() - leaving
        ended = registrar.seen('ENDED', leaving)
        table.add(title + ', gateway stopped', 'gateway', 'bindings before, after; un-registered', '%d, %d; %d in %d s of %.1f s; fullest second %d' % (
            there, registrar.bound(), sum(ended.values()), len(ended), took, max(ended.values(), default=0)))


def live_heap(pid):
    out = subprocess.run(['jcmd', str(pid), 'GC.class_histogram'], stdout=subprocess.PIPE, text=True).stdout
    return int(re.search(r'Total\s+\d+\s+(\d+)', out)[1]) / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--bench', required=True)
    parser.add_argument('--only', default='w1,w1max,w2,w2max,w3,w3max,memory')
    parser.add_argument('--repeat', type=int, default=3)
    parser.add_argument('--warm-up', type=int, default=30000, help='calls before capture is measured')
    parser.add_argument('--soak-rate', type=int, default=500)
    parser.add_argument('--before', help='the gateway jar of an earlier build, with its lib folder beside it')
    parser.add_argument('--watched', type=int, default=10000, help='resources that are watched')
    parser.add_argument('--accounts', type=int, default=5000, help='accounts that register')
    parser.add_argument('--granted', type=int, default=240, help='seconds that the registrar grants')
    parser.add_argument('--log4j', help='a jar with the log4j 1.x API, for compiling the JAIN-SIP reference')
    args = parser.parse_args()
    args.bench = os.path.abspath(args.bench)
    if not os.path.exists(GATEWAY):
        sys.exit('build first: mvn -q package -DskipTests')
    work = tempfile.mkdtemp(prefix='voice-load')
    table = Table()
    try:
        for name in args.only.split(','):
            say('-- ' + name)
            {'w1': w1, 'w1max': w1max, 'w2': w2, 'w2max': w2max, 'w3': w3, 'w3max': w3max, 'memory': memory, 'capture': capture,
             'soak': soak, 'tap': tap, 'tapmax': tapmax, 'fork': fork, 'before': before,
             'transcode': transcode, 'watch': watch, 'accounts': accounts}[name](args, work, table)
    finally:
        table.show()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == '__main__':
    main()
