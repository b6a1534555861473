package io.clusterrecovery.etcd;

import java.net.URI;

/** What is asked of the URLs that etcd uses. */
final class Urls {
  private Urls() {}

  static URI requireWithPort(URI url) {
    boolean known = isHttps(url) || "http".equals(url.getScheme());
    if (!known || url.getHost() == null || url.getPort() <= 0 || !isBare(url)) {
      throw new IllegalArgumentException(
          "not a URL of etcd, which has the form https://HOST:PORT: '" + url + "'");
    }
    return url;
  }

  /** etcd refuses a peer URL with a path, and lists none with a slash at its end. */
  private static boolean isBare(URI url) {
    boolean path = url.getRawPath() != null && !url.getRawPath().isEmpty();
    return !path
        && url.getRawQuery() == null
        && url.getRawFragment() == null
        && url.getRawUserInfo() == null;
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
