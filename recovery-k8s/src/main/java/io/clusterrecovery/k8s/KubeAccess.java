package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RefusedException;
import io.kubernetes.client.openapi.ApiClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a Kubernetes API is reached: by a kubeconfig, as kubectl reads it, or from within a pod.
 *
 * <p>Nothing is read before {@link #client()}. Where only a host reaches the API, {@link ApiTunnel}
 * takes the client there. Immutable and thread-safe.
 */
public final class KubeAccess {
  private final AccessSource source;
  private final Optional<String> context;

  private KubeAccess(AccessSource source, Optional<String> context) {
    this.source = source;
    this.context = context;
  }

  /**
   * {@return the access that kubectl would use} The files that {@code KUBECONFIG} names, several of
   * them joined, else {@code ~/.kube/config}; where neither is there, the pod this runs in. Never
   * an API at localhost for want of anything better.
   */
  public static KubeAccess standard() {
    return standard(System.getenv());
  }

  static KubeAccess standard(Map<String, String> environment) {
    return new KubeAccess(AccessSource.standard(environment), Optional.empty());
  }

  /** {@return the access that this kubeconfig gives} */
  public static KubeAccess kubeconfig(Path file) {
    AccessSource source = new AccessSource.Kubeconfig(List.of(requireNonNull(file, "file")));
    return new KubeAccess(source, Optional.empty());
  }

  /** {@return the access of the pod this runs in, by its service account} */
  public static KubeAccess inCluster() {
    return new KubeAccess(new AccessSource.Pod(System.getenv()), Optional.empty());
  }

  /**
   * {@return this access in that context rather than the current one}
   *
   * @throws IllegalStateException if a context is set already, or this is the access of a pod
   */
  public KubeAccess context(String name) {
    requireNonNull(name, "name");
    context.ifPresent(
        held -> {
          throw new IllegalStateException("context was set already, to " + held);
        });
    if (source instanceof AccessSource.Pod) {
      throw new IllegalStateException("the access of a pod has no contexts");
    }
    return new KubeAccess(source, Optional.of(name));
  }

  /**
   * {@return a client, made anew; the caller's to use} It has not called the API yet.
   *
   * @throws RefusedException if a file can't be read, there is none, or there is no such context,
   *     with those there are
   */
  public ApiClient client() {
    return source.client(context);
  }

  @Override
  public String toString() {
    return context.map(name -> "context " + name + " of ").orElse("") + source;
  }
}
