package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.clusterrecovery.SignerPods;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The service that signs etcd's certificates while masters of OpenShift 4.1 are made anew: a pod on
 * the master that was restored, there only as long as a step needs it. Immutable and thread-safe.
 *
 * <p>It signs for whoever reaches its port, 9943, a client certificate of etcd for three years. So
 * it is deleted however the step ends, and the kubelet ends it after its life even if this program
 * dies; where the network can limit who reaches the port, limit it to the new masters. What it has
 * issued is told.
 */
public final class EtcdSigner {
  static final int PORT = 9943;

  private final SignerSettings settings;

  private EtcdSigner(SignerSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts a description of a signer.
   *
   * @param survivor the master that was restored; who made it closes it
   * @param pods the API by which the pod is made, such as {@code KubeSignerPods.on(client)}
   */
  public static Builder on(RemoteHost survivor, SignerPods pods) {
    return new Builder(survivor, pods);
  }

  /**
   * {@return a step that does that step with the signer there}
   *
   * <ol>
   *   <li>Refuses where a pod {@code etcd-signer} is that this SDK has not created, or something
   *       else listens on the port. A pod that an earlier run has left is deleted first, also where
   *       nothing is to be signed any more, and where the step itself refuses.
   *   <li>Asks, on the survivor, which images the cluster's release has.
   *   <li>Runs {@code tokenize-signer.sh} there, creates the pod of the manifest that it makes, and
   *       waits until exactly that port is listened on there.
   *   <li>Does the step.
   *   <li>Lists what was issued, deletes the pod, and sees it gone and the port closed: also after
   *       a failure, and at an interrupt.
   * </ol>
   *
   * <p>A step that has nothing to change is done without it. If the API does not answer at the
   * beginning, the step is tried without a new signer: what an interrupted run has begun may be all
   * that the API needs to answer again.
   */
  public <R> RecoveryStep<Signed<R>> during(RecoveryStep<R> step) {
    return new SignerStep<>(settings, requireNonNull(step, "step"));
  }

  /** The images of the cluster's release, asked for once in a run. */
  ReleaseImages images(RunContext run) {
    return settings.images(run);
  }

  SignerSettings settings() {
    return settings;
  }

  @Override
  public String toString() {
    return "signer of etcd's certificates on " + settings.host().name();
  }

  /**
   * What a signer was told.
   *
   * @param hostname the label of the host's node
   * @param kubeconfigs files on the host, in the order in which they are preferred
   * @param life after how long the kubelet ends the pod
   */
  record SignerSettings(
      RemoteHost host,
      SignerPods pods,
      String hostname,
      List<String> kubeconfigs,
      Optional<OcLogin> login,
      String registryConfig,
      Duration life,
      Duration startLimit) {

    /** Copies the list. */
    SignerSettings {
      kubeconfigs = List.copyOf(kubeconfigs);
    }

    ReleaseImages images(RunContext run) {
      String lines =
          run.once(
              "release-images",
              () -> ReleaseImages.of(host, registryConfig, kubeconfigs, login).lines());
      return ReleaseImages.parse(lines).orElseThrow();
    }
  }

  /** Collects the settings; each can be given once. Not thread-safe. */
  public static final class Builder {
    private static final List<String> KUBECONFIGS =
        List.of("/root/.kube/config", OpenShift41.HOME + "/.kube/config");
    private static final String REGISTRY_CONFIG = "/var/lib/kubelet/config.json";
    private static final Duration LIFE = Duration.ofHours(2);
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final RemoteHost host;
    private final SignerPods pods;
    private @Nullable String hostname;
    private @Nullable String kubeconfig;
    private @Nullable OcLogin login;
    private @Nullable String registryConfig;
    private @Nullable Duration life;
    private @Nullable Duration startLimit;

    private Builder(RemoteHost host, SignerPods pods) {
      this.host = requireNonNull(host, "survivor");
      this.pods = requireNonNull(pods, "pods");
    }

    /**
     * Sets the label {@code kubernetes.io/hostname} of the survivor's node, such as {@code
     * ip-10-0-143-125}; required.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    public Builder hostname(String label) {
      if (!label.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")) {
        throw new IllegalArgumentException("'%s' is not the label of a host".formatted(label));
      }
      hostname = SetOnce.value("hostname", hostname, label);
      return this;
    }

    /**
     * Sets the kubeconfig of a cluster-admin on the survivor; by default root's, then core's, in
     * {@code .kube/config}.
     *
     * @throws IllegalArgumentException if the path is not absolute
     */
    public Builder kubeconfig(String path) {
      kubeconfig = SetOnce.value("kubeconfig", kubeconfig, absolute(path));
      return this;
    }

    /**
     * Sets a cluster-admin's login at the survivor's own API server, for where it has no
     * kubeconfig. The password goes to {@code oc login} by standard input; the session is logged
     * out, and what it left on the host removed, at once.
     *
     * @param authority the file on the survivor with the authority of that server's certificate
     */
    public Builder login(String user, Secret password, String authority) {
      OcLogin given =
          new OcLogin(
              requireNonNull(user, "user"),
              requireNonNull(password, "password"),
              absolute(authority));
      login = SetOnce.value("login", login, given);
      return this;
    }

    /**
     * Sets the file on the survivor by which images are pulled; {@value #REGISTRY_CONFIG} by
     * default.
     */
    public Builder registryConfig(String path) {
      registryConfig = SetOnce.value("registryConfig", registryConfig, absolute(path));
      return this;
    }

    /**
     * Sets after how long the kubelet ends the pod, whatever becomes of this program; 1 minute or
     * more, 2 hours by default. It has to be enough for all new masters.
     */
    public Builder life(Duration life) {
      if (life.compareTo(Duration.ofMinutes(1)) < 0) {
        throw new IllegalArgumentException("life must be a minute or more, was " + life);
      }
      this.life = SetOnce.value("life", this.life, life);
      return this;
    }

    /** Sets how long it may take until it listens, more than zero; 5 minutes by default. */
    public Builder startLimit(Duration limit) {
      Duration given = Limits.positive("startLimit", limit);
      startLimit = SetOnce.value("startLimit", startLimit, given);
      return this;
    }

    /**
     * {@return the signer} Checks every setting, without I/O.
     *
     * @throws IllegalStateException if {@link #hostname} is missing
     */
    public EtcdSigner build() {
      return new EtcdSigner(
          new SignerSettings(
              host,
              pods,
              SetOnce.required("hostname", hostname),
              kubeconfig == null ? KUBECONFIGS : List.of(kubeconfig),
              Optional.ofNullable(login),
              registryConfig == null ? REGISTRY_CONFIG : registryConfig,
              life == null ? LIFE : life,
              startLimit == null ? START_LIMIT : startLimit));
    }

    private static String absolute(String path) {
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException("'%s' is not an absolute path".formatted(path));
      }
      return path;
    }

    @Override
    public String toString() {
      return "EtcdSigner on " + host.name() + ", not built yet";
    }
  }
}
