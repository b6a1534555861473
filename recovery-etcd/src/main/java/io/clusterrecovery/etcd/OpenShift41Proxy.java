package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.ClusterProxy;
import io.clusterrecovery.ClusterProxySource;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The proxy that the recovery scripts of a host go through, and who said so.
 *
 * @param proxy the proxy, with everything in its exceptions that the scripts reach directly
 * @param source who said so, as the end of a sentence
 * @param unasked why the cluster did not; empty if it was not to be asked, or told
 */
record OpenShift41Proxy(ClusterProxy proxy, String source, String unasked) {

  /**
   * Finds it: what the caller gave; what the cluster says; what the host's kubelet was started
   * with, as where the API is down, or of a release that has no proxy of the cluster yet.
   */
  static OpenShift41Proxy find(
      Optional<ClusterProxy> given,
      Optional<ClusterProxySource> cluster,
      RemoteHost host,
      Set<String> direct) {
    if (given.isPresent()) {
      return new OpenShift41Proxy(with(given.get(), direct), "given by proxy(…)", "");
    }
    String why = "";
    String source = "by the kubelet's unit on " + host.name();
    if (cluster.isPresent()) {
      try {
        ClusterProxy found = cluster.get().proxy();
        if (!found.isNone()) {
          return new OpenShift41Proxy(with(found, direct), "by the cluster's Proxy object", "");
        }
        source += ", the cluster names none";
      } catch (RecoveryException e) {
        why = e.found();
      }
    }
    ClusterProxy kubelets = ofKubelet(SystemdUnit.of(host, "kubelet").environment());
    return new OpenShift41Proxy(with(kubelets, direct), source, why);
  }

  /** What a kubelet is given by its unit and the drop-ins of it. */
  static ClusterProxy ofKubelet(Map<String, String> environment) {
    String none = value(environment, "NO_PROXY").orElse("");
    return new ClusterProxy(
        value(environment, "HTTP_PROXY").map(Secret::of),
        value(environment, "HTTPS_PROXY").map(Secret::of),
        none.isEmpty() ? List.of() : List.of(none.split("\\s*,\\s*", -1)));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
        .filter(text -> !text.isEmpty());
  }

  /** The same proxy, but for what is reached directly. */
  static ClusterProxy with(ClusterProxy proxy, Set<String> direct) {
    if (proxy.isNone()) {
      return proxy;
    }
    List<String> all = new ArrayList<>(proxy.noProxy());
    new TreeSet<>(direct).stream().filter(each -> !all.contains(each)).forEach(all::add);
    return new ClusterProxy(proxy.http(), proxy.https(), all);
  }

  /** The names and addresses that must not go through a proxy: masters, and etcd's members. */
  static Set<String> direct(OpenShift41Facts facts) {
    Set<String> direct = new TreeSet<>(List.of("localhost", "127.0.0.1"));
    direct.addAll(facts.addresses());
    direct.addAll(facts.peers().keySet());
    direct.addAll(facts.peers().values());
    if (!facts.domain().isEmpty()) {
      direct.add("." + facts.domain());
    }
    return direct;
  }

  /**
   * {@return a shell's assignments of the variables, each exported, upper and lower case; empty if
   * there is no proxy} It may hold a password.
   */
  Secret assignments() {
    StringBuilder text = new StringBuilder();
    assign(text, "http_proxy", proxy.http());
    assign(text, "https_proxy", proxy.https());
    if (!proxy.isNone()) {
      assign(text, "no_proxy", Optional.of(Secret.of(String.join(",", proxy.noProxy()))));
    }
    return Secret.of(text.toString());
  }

  private static void assign(StringBuilder text, String name, Optional<Secret> value) {
    value.ifPresent(
        secret -> {
          String quoted = "'" + new String(secret.reveal(), UTF_8).replace("'", "'\\''") + "'";
          text.append("export ").append(name.toUpperCase(Locale.ROOT));
          text.append('=').append(quoted).append('\n');
          text.append("export ").append(name).append('=').append(quoted).append('\n');
        });
  }

  /** Shows it in a plan, by that name. */
  void describe(String name, Plan.Builder plan) {
    plan.fact(name, toString());
    if (!unasked.isEmpty()) {
      plan.note("The cluster was not to be asked for its proxy: " + unasked);
    }
  }

  @Override
  public String toString() {
    return proxy + ", " + source;
  }
}
