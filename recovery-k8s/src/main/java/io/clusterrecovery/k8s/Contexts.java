package io.clusterrecovery.k8s;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.kubernetes.client.util.KubeConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses a context of a kubeconfig. */
final class Contexts {
  private Contexts() {}

  /**
   * Sets it.
   *
   * @throws RefusedException if it isn't there, or names a cluster or user that isn't
   */
  static void choose(KubeConfig config, Optional<String> wanted, String where) {
    List<String> there = names(config.getContexts());
    String name =
        wanted.orElseGet(() -> Optional.ofNullable(config.getCurrentContext()).orElse(""));
    if (name.isEmpty()) {
      throw unknown("No context is the current one in " + where + "; there are", there);
    }
    if (!there.contains(name)) {
      throw unknown("There is no context " + name + " in " + where + ", only", there);
    }
    requireComplete(config, name, where);
    config.setContext(name);
  }

  /** The library takes what is missing for an API at localhost, without credentials. */
  private static void requireComplete(KubeConfig config, String name, String where) {
    @Nullable Map<?, ?> context = (Map<?, ?>) named(config.getContexts(), name).get("context");
    requireNamed(context, "cluster", config.getClusters(), name, where);
    requireNamed(context, "user", config.getUsers(), name, where);
  }

  private static void requireNamed(
      @Nullable Map<?, ?> context, String part, List<Object> there, String name, String where) {
    String wanted = context == null ? "" : String.valueOf(context.get(part));
    if (!names(there).contains(wanted)) {
      String found = "The context %s of %s names the %s '%s', of which there are only";
      throw unknown(found.formatted(name, where, part, wanted), names(there));
    }
  }

  private static Map<?, ?> named(List<Object> entries, String name) {
    return entries.stream()
        .map(each -> (Map<?, ?>) each)
        .filter(each -> name.equals(each.get("name")))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(List<Object> entries) {
    return entries.stream().map(each -> String.valueOf(((Map<?, ?>) each).get("name"))).toList();
  }

  private static RefusedException unknown(String found, List<String> there) {
    String names = there.isEmpty() ? "none" : String.join(", ", there);
    return new RefusedException(
        new Refusal(Code.CONTEXT_UNKNOWN, found + ": " + names + ".", "Name one of them."), null);
  }
}
