package io.clusterrecovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The proxy through which a cluster's hosts reach the world.
 *
 * @param http the proxy for http, whose URL may hold a password; empty if there is none
 * @param https the proxy for https, likewise
 * @param noProxy the names, domains and networks that are reached without it
 */
public record ClusterProxy(Optional<Secret> http, Optional<Secret> https, List<String> noProxy) {
  /** There is no proxy. */
  public static final ClusterProxy NONE =
      new ClusterProxy(Optional.empty(), Optional.empty(), List.of());

  /** Checks for null, copies the list. */
  public ClusterProxy {
    requireNonNull(http, "http");
    requireNonNull(https, "https");
    noProxy = List.copyOf(noProxy);
  }

  /** {@return whether nothing goes through a proxy} */
  public boolean isNone() {
    return http.isEmpty() && https.isEmpty();
  }

  @Override
  public String toString() {
    if (isNone()) {
      return "no proxy";
    }
    return "proxy for http %s, for https %s, none for %s"
        .formatted(shown(http), shown(https), String.join(", ", noProxy));
  }

  private static String shown(Optional<Secret> url) {
    return url.map(u -> new String(u.reveal(), UTF_8).replaceFirst("//[^/]*@", "//***@"))
        .map(text -> text.replaceAll("\\p{Cntrl}", " "))
        .orElse("none");
  }
}
