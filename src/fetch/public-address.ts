/** Which addresses belong to the open Internet; everything else is this machine, its network, or nobody. */
import { BlockList, isIP, isIPv4 } from "node:net";

/** IANA's special-purpose registry: what is not globally reachable, and what must never be a destination. */
const NOT_PUBLIC_V4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/** Of the one block that is handed out (2000::/3): protocols, documentation, and the tunnels Teredo and 6to4, which lead to any IPv4. */
const NOT_PUBLIC_V6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const v4 = new BlockList();
for (const [net, prefix] of NOT_PUBLIC_V4) v4.addSubnet(net, prefix, "ipv4");
const v6 = new BlockList();
for (const [net, prefix] of NOT_PUBLIC_V6) v6.addSubnet(net, prefix, "ipv6");
const handedOut = new BlockList();
handedOut.addSubnet("2000::", 3, "ipv6");

/**
 * May a stranger's URL lead here? Of IPv6 only what is handed out to networks, and the two forms that stand for an IPv4 address —
 * mapped, and NAT64's well-known prefix — if that one may.
 */
export const isPublicAddress = (address: string): boolean => {
  if (isIPv4(address)) return !v4.check(address, "ipv4");
  // A zone («%eth0») names a link of this machine.
  if (isIP(address) === 0 || address.includes("%")) return false;
  const inside = embeddedV4(address);
  if (inside !== null) return isPublicAddress(inside);
  return handedOut.check(address, "ipv6") && !v6.check(address, "ipv6");
};

const MAPPED = [0, 0, 0, 0, 0, 0xffff];
const NAT64 = [0x64, 0xff9b, 0, 0, 0, 0];

const embeddedV4 = (address: string): string | null => {
  const groups = groupsOf(address);
  const carries = [MAPPED, NAT64].some((prefix) => prefix.every((group, i) => groups[i] === group));
  if (!carries) return null;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join(".");
};

/** The eight numbers of an IPv6 address. */
const groupsOf = (address: string): number[] => {
  // The URL parser writes every form, the dotted one included, in hexadecimal groups.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const read = (part: string): number[] => (part === "" ? [] : part.split(":").map((group) => parseInt(group, 16)));
  const [left, right] = [read(head), read(tail ?? "")];
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
};
