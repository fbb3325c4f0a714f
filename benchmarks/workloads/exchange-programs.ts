/** The programs at both ends of the network's exchanges, in Python: what is timed is a system call or two. */
import type { PROTOCOLS } from "../../research/tables/network.ts";
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

/**
 * A function for each protocol that opens what it needs and returns `exchange` and `close`. `exchange(index)` returns when
 * the answer is there; anything lost is a TimeoutError. Packets are made before they are timed.
 */
const EXCHANGE: Readonly<Record<(typeof PROTOCOLS)[number], readonly string[]>> = {
  icmp: [
    "  import struct",
    "  def packet(index):",
    "    def head(checksum): return struct.pack('!BBHHH', 8, 0, checksum, os.getpid() & 0xffff, index & 0xffff)",
    "    body = bytes(56)",
    "    total = sum(struct.unpack('!32H', head(0) + body)); total = (total & 0xffff) + (total >> 16)",
    "    return head(~((total & 0xffff) + (total >> 16)) & 0xffff) + body",
    "  packets = [packet(index) for index in range(total)]",
    "  peer = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP); peer.settimeout(1); peer.connect((address, 0))",
    "  def exchange(index):",
    "    peer.send(packets[index])",
    "    while True:",
    // 20 bytes of IP header come before; on a loopback our own requests come back, too.
    "      answer = peer.recv(2048)",
    "      if answer[20] == 0 and answer[24:28] == packets[index][4:8]: return",
    "  return exchange, peer.close",
  ],
  "tcp-connect": [
    "  opened = []",
    "  def exchange(index):",
    "    peer = socket.socket(); peer.settimeout(1)",
    "    peer.connect((address, tcp_port))",
    "    opened.append(peer)",
    "  def close():",
    "    for peer in opened: reset(peer)",
    // The server takes what comes in its order: once this is answered, it has dealt with all the others.
    "    last = socket.create_connection((address, tcp_port), 1); last.send(b'x'); last.recv(1); reset(last)",
    "  return exchange, close",
  ],
  "tcp-echo": [
    "  peer = socket.create_connection((address, tcp_port), 1); peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)",
    "  def exchange(index):",
    "    peer.send(bytes(64)); left = 64",
    "    while left > 0:",
    "      data = peer.recv(left)",
    "      if not data: raise ConnectionError('the peer closed the connection')",
    "      left -= len(data)",
    "  return exchange, lambda: reset(peer)",
  ],
  "udp-echo": [
    "  packets = [index.to_bytes(8, 'big') + bytes(56) for index in range(total)]",
    "  peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); peer.settimeout(1); peer.connect((address, udp_port))",
    "  def exchange(index):",
    "    peer.send(packets[index])",
    "    while peer.recv(2048) != packets[index]: pass",
    "  return exchange, peer.close",
  ],
};

/**
 * A section for each protocol, in this order. The line after its mark `end` is the number of round trips lost, and every
 * other in ns.
 */
export function exchanges(protocols: readonly (typeof PROTOCOLS)[number][], { address, ports }: Peer, count: number): string[] {
  // Echo requests are answered by the kernel.
  const serves = ports === undefined && protocols.some((protocol) => protocol !== "icmp");
  return python(
    ...ECHO,
    `address = '${address}'; total = ${WARM_UP + count}`,
    ...(serves
      ? ["tcp_port, udp_port, serve = echo_server(address)", "server = os.fork()", "if server == 0: serve()"]
      : ports === undefined
        ? []
        : [`tcp_port, udp_port = ${ports.tcp}, ${ports.udp}`]),
    // Not in the usual way, after which the port is taken for a minute: thousands would run short, and slow down the next.
    "def reset(peer): peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\\1\\0\\0\\0\\0\\0\\0\\0'); peer.close()",
    ...protocols.flatMap((protocol, index) => [`def prepare_${index}():`, ...EXCHANGE[protocol]]),
    "now = lambda: time.clock_gettime_ns(time.CLOCK_MONOTONIC)",
    "def exchange_all(exchange, indices):",
    "  times = []; lost = 0",
    "  for index in indices:",
    "    began = now()",
    "    try: exchange(index); times.append(now() - began)",
    "    except TimeoutError:",
    "      lost += 1",
    "      if lost > 10 and not times: raise OSError('no answers: is there a firewall in between?')",
    "  return times, lost",
    "def measure(prepare):",
    "  exchange, close = prepare()",
    `  exchange_all(exchange, range(${WARM_UP}))`,
    "  mark('begin')",
    `  times, lost = exchange_all(exchange, range(${WARM_UP}, total))`,
    "  mark('end'); pause()",
    "  mark(f\"{lost} {' '.join(map(str, times))}\")",
    "  close()",
    ...protocols.map((_, index) => `section(${index}, measure, prepare_${index})`),
    ...(serves ? ["os.kill(server, 9)"] : []),
  );
}
