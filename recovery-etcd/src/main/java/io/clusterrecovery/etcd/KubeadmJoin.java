package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import java.time.Duration;
import java.util.function.Function;

/**
 * etcd started by {@code kubeadm join} of a control plane, as a static pod. Immutable and
 * thread-safe.
 *
 * <ol>
 *   <li>{@link MemberExpander} adds the member, as everywhere else; kubeadm finds it by its peer
 *       URL and adds none of its own.
 *   <li>Writes the configuration to a file below {@code /run}, mode 0600, which is removed when
 *       kubeadm ends; neither it nor what is secret in it is an argument.
 *   <li>Starts {@code kubeadm join --config FILE} on its own, once, so that it outlives connection
 *       and program.
 *   <li>kubeadm promotes the member as soon as etcd lets it, and the expander waits for that; if
 *       kubeadm has ended without, the expander promotes it.
 *   <li>If kubeadm fails before etcd has started, or the member makes no progress: once the member
 *       is removed by its id, kubeadm and the control plane's containers are ended, etcd's data is
 *       moved aside, and {@code kubeadm reset} undoes the rest, so that the host can join again.
 * </ol>
 *
 * <p>kubeadm of 1.33 and newer joins etcd first and then waits for the certificate of its kubelet,
 * so that requests can be approved once the expander is done; {@link #ended} then waits for its
 * end. An older one waits for the certificate first: approve it meanwhile, from another thread.
 */
public final class KubeadmJoin implements MemberStarter {
  private static final String DEFAULT_DATA_DIRECTORY = "/var/lib/etcd";
  private static final Duration END_LIMIT = Duration.ofMinutes(10);

  private final Function<JoiningMember, Secret> configuration;
  private final String dataDirectory;

  private KubeadmJoin(Function<JoiningMember, Secret> configuration, String dataDirectory) {
    this.configuration = configuration;
    this.dataDirectory = dataDirectory;
  }

  /**
   * {@return joins by such configurations}
   *
   * @param configuration gives the text of kubeadm's {@code JoinConfiguration} for a new member,
   *     with bootstrap token and certificate key; asked when the join is started, and not for a
   *     plan, so that it may make these. It must register the node by the member's name, at the
   *     address in its peer URL
   */
  public static KubeadmJoin configuredBy(Function<JoiningMember, Secret> configuration) {
    return new KubeadmJoin(requireNonNull(configuration, "configuration"), DEFAULT_DATA_DIRECTORY);
  }

  /**
   * {@return this, with that data directory of etcd on the host} Without it, {@value
   * #DEFAULT_DATA_DIRECTORY}, as kubeadm has it.
   *
   * @throws IllegalArgumentException if the path is not absolute
   */
  public KubeadmJoin dataDirectory(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("'%s' is not an absolute path".formatted(path));
    }
    return new KubeadmJoin(configuration, path);
  }

  /**
   * {@return a step that waits, 10 minutes at most, until kubeadm has ended on that host; it
   * changes nothing, and fails if kubeadm did}
   */
  public static RecoveryStep<CommandResult> ended(String member, RemoteHost host) {
    return new KubeadmEnd(new KubeadmJob(requireNonNull(host, "host"), member), END_LIMIT);
  }

  @Override
  public Start prepareStart(JoiningMember member, RunContext run, Plan.Builder plan) {
    return KubeadmStart.prepare(member, configuration, dataDirectory, run, plan);
  }

  @Override
  public String toString() {
    return "kubeadm join";
  }
}
