/**
 * Forbids every network but loopback to the process that loads it, at the lowest place that JavaScript reaches:
 * a socket's connect, name resolution and datagrams. Plain JavaScript, so that `node --import` takes it on Node 20.
 * Names under `.invalid` never exist (RFC 6761 §6.4): they fail as a resolver would, without asking one.
 */
import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/** What was tried in this process, so that a caller that swallows the error is still caught. */
export const violations = [];

const LOOPBACK = /^(localhost|.+\.localhost|127(\.[0-9]{1,3}){3}|::1|\[::1\]|::ffff:127(\.[0-9]{1,3}){3})$/i;
const ANY_ADDRESS = /^(0\.0\.0\.0|::)$/;

function isLoopback(host) {
  return LOOPBACK.test(host) || ANY_ADDRESS.test(host);
}

function neverExists(host) {
  return /(^|\.)invalid\.?$/i.test(host);
}

function forbid(host) {
  violations.push(host);
  throw new Error(`the network is off except for loopback: ${host}`);
}

function notFound(host) {
  const details = { code: "ENOTFOUND", errno: -3008, syscall: "getaddrinfo", hostname: host };
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), details);
}

/** The host that a call of `socket.connect` goes to; undefined for a Unix socket or a pipe. */
function hostOf(args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === "object" && first !== null)
    return first.path ? undefined : (first.host ?? "localhost");
  if (typeof first === "string" && Number.isNaN(Number(first))) return undefined;
  return typeof args[1] === "string" ? args[1] : "localhost";
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function guardedConnect(...args) {
  const host = hostOf(args);
  if (host !== undefined && !isLoopback(host) && !neverExists(host)) forbid(host);
  return connect.apply(this, args);
};

const lookup = dns.lookup;
dns.lookup = function guardedLookup(host, ...rest) {
  if (isLoopback(host) || net.isIP(host) !== 0) return lookup(host, ...rest);
  if (!neverExists(host)) forbid(host);
  process.nextTick(rest.at(-1), notFound(host));
  return {};
};

const lookupPromise = dns.promises.lookup;
dns.promises.lookup = async function guardedLookup(host, ...rest) {
  if (isLoopback(host) || net.isIP(host) !== 0) return lookupPromise(host, ...rest);
  if (!neverExists(host)) forbid(host);
  throw notFound(host);
};

for (const holder of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of Object.keys(Object.getOwnPropertyDescriptors(holder))) {
    if (/^(resolve|reverse)/.test(name)) holder[name] = (host) => forbid(String(host));
  }
}

for (const name of ["send", "connect"]) {
  dgram.Socket.prototype[name] = () => forbid(`udp ${name}`);
}

syncBuiltinESMExports();
