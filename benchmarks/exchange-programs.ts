/** The programs at both ends of the network's exchanges, in Python: what is timed is a system call or two. */
import type { PROTOCOLS } from "../research/tables/network.ts";
import { python } from "./workload.ts";

const WARM_UP = 20;

const ECHO = [
  "import selectors, socket",
  "def echo_server(address):",
  "  tcp = socket.create_server((address, 0), backlog=1024)",
  "  udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); udp.bind((address, 0))",
  "  ready = selectors.DefaultSelector()",
  "  for end in (tcp, udp): ready.register(end, selectors.EVENT_READ)",
  "  def serve():",
  "    while True:",
  "      for key, _ in ready.select():",
  "        end = key.fileobj",
  "        if end is udp:",
  "          data, sender = udp.recvfrom(2048); udp.sendto(data, sender)",
  "        elif end is tcp:",
  "          connection, _ = tcp.accept(); connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)",
  "          ready.register(connection, selectors.EVENT_READ)",
  "        else:",
  "          try: data = end.recv(2048)",
  "          except ConnectionError: data = b''",
  "          if data: end.sendall(data)",
  "          else: ready.unregister(end); end.close()",
  "  return tcp.getsockname()[1], udp.getsockname()[1], serve",
];

/** Echoes on this address alone; its first line is the ports of TCP and UDP. */
export const echoServer = (address: string): string[] =>
  python(...ECHO, `tcp_port, udp_port, serve = echo_server('${address}')`, "mark(f'{tcp_port} {udp_port}')", "serve()");

export interface Peer {
  readonly address: string;
  /** `undefined`: the container answers itself. */
  readonly ports: { readonly tcp: number; readonly udp: number } | undefined;
}

/** `exchange(index)` returns when the answer is there; anything lost is a TimeoutError. Packets are made before they are timed. */
const EXCHANGE: Readonly<Record<(typeof PROTOCOLS)[number], readonly string[]>> = {
  icmp: [
    "import struct",
    "def packet(index):",
    "  def head(checksum): return struct.pack('!BBHHH', 8, 0, checksum, os.getpid() & 0xffff, index & 0xffff)",
    "  body = bytes(56)",
    "  total = sum(struct.unpack('!32H', head(0) + body)); total = (total & 0xffff) + (total >> 16)",
    "  return head(~((total & 0xffff) + (total >> 16)) & 0xffff) + body",
    "packets = [packet(index) for index in range(total)]",
    "peer = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP); peer.settimeout(1); peer.connect((address, 0))",
    "def exchange(index):",
    "  peer.send(packets[index])",
    "  while True:",
    // 20 bytes of IP header come before; on a loopback our own requests come back, too.
    "    answer = peer.recv(2048)",
    "    if answer[20] == 0 and answer[24:28] == packets[index][4:8]: return",
  ],
  "tcp-connect": [
    "def exchange(index):",
    "  peer = socket.socket(); peer.settimeout(1)",
    "  peer.connect((address, tcp_port))",
    "  opened.append(peer)",
    "opened = []",
  ],
  "tcp-echo": [
    "peer = socket.create_connection((address, tcp_port), 1); peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)",
    "def exchange(index):",
    "  peer.send(bytes(64)); left = 64",
    "  while left > 0:",
    "    data = peer.recv(left)",
    "    if not data: sys.exit('the peer closed the connection')",
    "    left -= len(data)",
  ],
  "udp-echo": [
    "packets = [index.to_bytes(8, 'big') + bytes(56) for index in range(total)]",
    "peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); peer.settimeout(1); peer.connect((address, udp_port))",
    "def exchange(index):",
    "  peer.send(packets[index])",
    "  while peer.recv(2048) != packets[index]: pass",
  ],
};

/** The line after the mark `end` is the number of round trips lost, and every other in ns. */
export function exchanges(protocol: (typeof PROTOCOLS)[number], { address, ports }: Peer, count: number): string[] {
  // Echo requests are answered by the kernel.
  const serves = ports === undefined && protocol !== "icmp";
  return python(
    ...ECHO,
    `address = '${address}'; total = ${WARM_UP + count}`,
    ...(serves
      ? ["tcp_port, udp_port, serve = echo_server(address)", "server = os.fork()", "if server == 0: serve()"]
      : ports === undefined
        ? []
        : [`tcp_port, udp_port = ${ports.tcp}, ${ports.udp}`]),
    ...EXCHANGE[protocol],
    "now = lambda: time.clock_gettime_ns(time.CLOCK_MONOTONIC)",
    "def exchange_all(indices):",
    "  times = []; lost = 0",
    "  for index in indices:",
    "    began = now()",
    "    try: exchange(index); times.append(now() - began)",
    "    except TimeoutError:",
    "      lost += 1",
    "      if lost > 10 and not times: sys.exit('nothing is answered: does a firewall stand between?')",
    "  return times, lost",
    `exchange_all(range(${WARM_UP}))`,
    "mark('begin')",
    `times, lost = exchange_all(range(${WARM_UP}, total))`,
    "mark('end'); pause()",
    "mark(f\"{lost} {' '.join(map(str, times))}\")",
    ...(serves ? ["os.kill(server, 9)"] : []),
  );
}
