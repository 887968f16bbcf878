import type { Connector } from "../contract/connector.js";
import type { Problem } from "./problems.js";

/**
 * Which hosts a section may make us send tokens to: https, or loopback; and in a config that nobody named
 * (`trusted: false`) the vendor's own hosts and loopback only.
 */
export function hostProblems(connector: Connector, section: unknown, trusted: boolean): Problem[] {
  return connector.config.baseUrls(section as never).flatMap((written) => {
    const text = whyNot(written, connector, trusted);
    return text === null ? [] : [{ path: [connector.id], id: "CONFIG_HOST", text }];
  });
}

function whyNot(written: string, connector: Connector, trusted: boolean): string | null {
  if (!URL.canParse(written)) return "its URL cannot be read; expected one such as https://host/";
  const url = new URL(written);
  if (url.username !== "" || url.password !== "") return "its URL holds a user name or password; expected https://host/ alone";
  // `http://2130706433/` and the like are read as another host than they show.
  if (!written.toLowerCase().startsWith(`${url.protocol}//${url.host}`)) return `its URL is read as the host ${url.host}; write it so`;
  if (url.search !== "" || url.hash !== "") return "its URL has a query or fragment; expected https://host/path/";
  const loopback = isLoopback(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback))
    return `${url.protocol}//${url.host} is not https; only loopback may be http`;
  if (trusted || loopback || connector.config.isVendorHost(url.hostname)) return null;
  return `${url.host} is no host of ${connector.name}; a config that was merely found may name the vendor's hosts and loopback only. Name it with --config if you trust it`;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}
