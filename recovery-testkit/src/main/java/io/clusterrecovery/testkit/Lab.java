package io.clusterrecovery.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A lab on this machine: hosts that boot a real systemd, in a network of their own.
 *
 * <p>It needs Linux, root, and a JVM in a network namespace of its own. All that it makes lies in
 * one folder, from which {@link #stop(String)} takes it down, also after a crash.
 *
 * <p>Safe for use by several threads.
 */
public final class Lab implements AutoCloseable {
  private final LabPlan plan;
  private final LabFrame frame;
  private final LabHosts hosts;
  private final Kubeadm kubeadm;
  private final LabAws aws;
  private final LabClients clients;

  Lab(
      LabPlan plan,
      LabFrame frame,
      LabPki pki,
      LabHosts hosts,
      KubernetesSeed kubernetes,
      Kubeadm kubeadm,
      LabAws aws) {
    this.plan = plan;
    this.frame = frame;
    this.hosts = hosts;
    this.kubeadm = kubeadm;
    this.aws = aws;
    this.clients = LabClients.write(plan, frame, pki, kubernetes);
  }

  /** {@return a builder with the defaults it documents} */
  public static LabBuilder builder() {
    return new LabBuilder();
  }

  /** {@return the name by which {@link #stop(String)} finds it} */
  public String id() {
    return frame.id();
  }

  /** {@return the folder of everything that belongs to it} */
  public Path directory() {
    return frame.directory();
  }

  /**
   * Returns a host by its name.
   *
   * @param name its host name
   * @return the host, running or not
   * @throws IllegalArgumentException if no host has that name
   */
  public LabHost host(String name) {
    return hosts.named(name);
  }

  /** {@return all its hosts in the order they were made, the one for services left out} */
  public List<LabHost> hosts() {
    return hosts.all();
  }

  /**
   * Makes and boots another control-plane host, with a name, address, keys and certificates of its
   * own. Its etcd is set up but not started, and is not told of any cluster; its kubelet asks for a
   * certificate by itself, and its API server uses the etcd that the zone names. In a lab made by
   * kubeadm all of that waits for {@link #startJoin}.
   *
   * @param name its host name, which no other host of the lab may have
   * @return the host, taking SSH connections
   * @throws IllegalArgumentException if the name is taken or not a host name
   */
  public LabHost create(String name) {
    if (plan.etcd().isEmpty()) {
      throw new IllegalStateException("this lab has no control plane; use createBare");
    }
    LabHost host = hosts.later(name, frame.newAddress());
    host.boot();
    return host;
  }

  /**
   * Starts {@code kubeadm join --control-plane} on a host that was made by {@link #create}, with a
   * token and a certificate key that are made for it on a host that serves; returns at once. It
   * goes on when the certificates its kubelet asks for are approved.
   *
   * @param host a host that kubeadm has not touched
   * @param through a host whose API server answers
   * @throws LabException if kubeadm cannot make token or certificate key
   */
  public void startJoin(LabHost host, LabHost through) {
    kubeadm.startJoin(host, through);
  }

  /**
   * Gives the configuration by which {@code kubeadm join} makes a host that was made by {@link
   * #create} part of the control plane, with a token and a certificate key that are made for it on
   * a host that serves. Waits, 3 minutes at most, until the host has the images.
   *
   * @param host a host that kubeadm has not touched
   * @param through a host whose API server answers
   * @return the text, in which token and key are
   * @throws LabException if kubeadm cannot make token or certificate key
   */
  public String joinConfiguration(LabHost host, LabHost through) {
    return kubeadm.joinConfiguration(host, through);
  }

  /**
   * Waits up to 6 minutes until a join that was started has ended.
   *
   * @param host the host that joins
   * @throws LabException if kubeadm failed, with what it said, or did not end
   */
  public void awaitJoined(LabHost host) {
    kubeadm.awaitJoined(host);
  }

  /**
   * Makes and boots a host with systemd and sshd only.
   *
   * @param name its host name, which no other host of the lab may have
   * @return the host, taking SSH connections
   * @throws IllegalArgumentException if the name is taken or not a host name
   */
  public LabHost createBare(String name) {
    LabHost host = hosts.bare(name, frame.newAddress());
    host.boot();
    return host;
  }

  /** {@return what a client needs to talk to etcd} */
  public EtcdAccess etcd() {
    return clients.etcd();
  }

  /** {@return an administrator's kubeconfig; its server is the balancer, by address} */
  public Path kubeconfig() {
    return clients.kubeconfig(plan.endpoint(frame));
  }

  /**
   * {@return an administrator's kubeconfig; its server is the API server of that host}
   *
   * @param direct a control-plane host
   */
  public Path kubeconfig(LabHost direct) {
    return clients.kubeconfig(direct.address());
  }

  /** {@return a folder with {@code etcdctl}, {@code etcdutl} and {@code kubectl}} */
  public Path bin() {
    return clients.bin();
  }

  /** {@return the address of the host with the lab's resolver and balancer} */
  public String servicesAddress() {
    return frame.servicesAddress();
  }

  /** {@return the private zone's name: host names in etcd peer URLs end in it} */
  public String zone() {
    return EtcdSeed.ZONE;
  }

  /** {@return where the simulated AWS answers, for every service} */
  public URI awsEndpoint() {
    return aws.endpoint();
  }

  /** {@return the id of the private hosted zone in the simulated AWS} */
  public String zoneId() {
    return aws.fact("zoneId");
  }

  /** {@return the ARN of the target group of the internal load balancer} */
  public String internalTargetGroup() {
    return aws.fact("internalTargetGroup");
  }

  /** {@return the ARN of the target group of the external load balancer} */
  public String externalTargetGroup() {
    return aws.fact("externalTargetGroup");
  }

  /**
   * Writes a file, readable by its owner only, that a shell can source to work with the lab by
   * {@code etcdctl}, {@code kubectl}, {@code ssh} and what speaks to AWS.
   *
   * @param file where to, replaced if it is there
   * @param more variables to write besides, such as {@code LAB_SURVIVOR}
   */
  public void writeEnv(Path file, Map<String, String> more) {
    LabEnv.write(this, plan, file, more);
  }

  /** {@return the private key that logs in as {@code core} on every host} */
  public Path sshKey() {
    return frame.ssh().key();
  }

  /** {@return a known_hosts file with the keys of all hosts} */
  public Path knownHosts() {
    return frame.ssh().knownHosts();
  }

  /** {@return an OpenSSH configuration with an entry for each host} */
  public Path sshConfig() {
    return frame.ssh().config();
  }

  /** {@return a command prefix that runs a command in the lab's network} */
  public String enter() {
    return "nsenter --net=" + frame.network().file("lab");
  }

  /**
   * Takes a lab of this machine down, whoever started it, and removes all it made.
   *
   * @param id the lab's {@link #id()}
   * @return whether there was such a lab
   * @throws LabException if something of it cannot be removed
   */
  public static boolean stop(String id) {
    return LabRemoval.remove(id);
  }

  /**
   * Takes down every lab of this user.
   *
   * @return how many were found and taken down
   * @throws LabException if something of a lab cannot be removed; all others were taken down
   */
  public static int stopAll() {
    return LabRemoval.removeAll();
  }

  /**
   * Takes the lab down, or lets it stay if it was built to be kept; a second call does nothing. A
   * lab that was not closed is taken down when its JVM ends, one to be kept too.
   */
  @Override
  public void close() {
    if (plan.keep()) {
      LabRemoval.keep(id());
    } else {
      LabRemoval.remove(id());
    }
  }

  /** {@return its id and its hosts} */
  @Override
  public String toString() {
    return "lab " + id() + " of " + hosts();
  }
}
