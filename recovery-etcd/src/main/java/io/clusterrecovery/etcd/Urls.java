package io.clusterrecovery.etcd;

import java.net.URI;

/** What is asked of the URLs that etcd uses. */
final class Urls {
  private Urls() {}

  static URI requireWithPort(URI url) {
    boolean known = isHttps(url) || "http".equals(url.getScheme());
    if (!known || url.getHost() == null || url.getPort() <= 0) {
      throw new IllegalArgumentException(
          "not a URL of etcd, which has the form https://HOST:PORT: '" + url + "'");
    }
    return url;
  }

  static boolean isHttps(URI url) {
    return "https".equals(url.getScheme());
  }

  /** The host without the brackets of an IPv6 address. */
  static String host(URI url) {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
