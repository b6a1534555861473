package io.clusterrecovery.testkit;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Brings a lab up, as much as possible of it at the same time. */
final class LabStart {
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Duration ETCD_LIMIT = Duration.ofMinutes(1);

  private final LabPlan plan;
  private final LabFrame frame;
  private final LabPki pki;
  private final LabHosts hosts;
  private final KubernetesSeed kubernetes;
  private final Kubeadm kubeadm;
  private final LabAws aws;
  private final long started = System.nanoTime();
  private final String tokenId = hex(3);
  private final String tokenSecret = hex(8);

  private LabStart(LabPlan plan, LabFrame frame) {
    this.plan = plan;
    this.frame = frame;
    this.pki = new LabPki(frame.directory().resolve("pki"));
    this.kubernetes = new KubernetesSeed(pki, frame.servicesAddress(), tokenId + "." + tokenSecret);
    this.hosts = new LabHosts(frame, plan, pki, kubernetes);
    this.kubeadm =
        new Kubeadm(plan.endpoint(frame), pki.kubernetes().publicKeyHash(), plan.etcdVersion());
    this.aws = new LabAws(frame);
  }

  static Lab start(LabPlan plan) {
    LabNetwork.requirePrivateNamespace();
    checkParts(plan);
    LabFrame frame = LabFrame.create();
    LabRemoval.atExit(frame.id());
    try {
      return new LabStart(plan, frame).run();
    } catch (RuntimeException e) {
      if (plan.keep()) {
        LabRemoval.keep(frame.id());
        throw new LabException("lab " + frame.id() + " did not come up, and is kept: " + e, e);
      }
      LabRemoval.remove(frame.id());
      throw e;
    }
  }

  /** Fails before anything is made when a part is missing. */
  private static void checkParts(LabPlan plan) {
    LabPaths.rootfs();
    plan.etcd().ifPresent(LabPaths::etcd);
    if (plan.kubernetes()) {
      LabPaths.kubernetes();
    }
    if (plan.aws()) {
      LabPaths.moto();
    }
  }

  private Lab run() {
    List<LabMember> members = plan.members(frame);
    CompletableFuture<Void> simulator = CompletableFuture.completedFuture(null);
    if (plan.needsServices()) {
      simulator = startServices(members);
    }
    Parallel.all(members.stream().<Runnable>map(member -> () -> boot(member)).toList());
    say("hosts take SSH connections");
    if (plan.etcd().isPresent() && plan.etcdRunning() && !plan.pods()) {
      Parallel.all(hosts.all().stream().<Runnable>map(host -> () -> awaitEtcd(host)).toList());
      say("etcd has a leader");
    }
    switch (plan.controlPlane()) {
      case SYSTEMD -> startKubernetes();
      case KUBEADM -> startKubeadm();
      case OPENSHIFT41 -> startOpenShift41();
      case NONE -> {}
    }
    Parallel.join(simulator);
    say("the lab is up");
    return new Lab(plan, frame, pki, hosts, kubernetes, kubeadm, aws);
  }

  private CompletableFuture<Void> startServices(List<LabMember> members) {
    Map<String, String> records = new LinkedHashMap<>();
    members.forEach(member -> records.put("etcd-" + member.slot(), member.address()));
    records.put("api", frame.servicesAddress());
    records.put("api-int", frame.servicesAddress());
    List<String> addresses = members.stream().map(LabMember::address).toList();
    ServicesSeed.initialFiles(frame.services(), records, plan.aws() ? List.of() : addresses);
    if (plan.aws()) {
      aws.launch(records, addresses);
    }
    hosts.services().boot();
    return plan.aws() ? Parallel.start(aws::awaitReady) : CompletableFuture.completedFuture(null);
  }

  private void boot(LabMember member) {
    LabHost host =
        plan.etcd().isPresent()
            ? hosts.founder(member)
            : hosts.bare(member.name(), member.address());
    host.boot();
  }

  private LabKubernetes cluster() {
    return new LabKubernetes(api(frame.founder(0)), api(plan.endpoint(frame)));
  }

  private KubeApi api(String address) {
    return new KubeApi(address, pki.kubernetes().certificate(), kubernetes.admin());
  }

  /** One after the other: two that join at once get in each other's way in etcd. */
  private void startKubeadm() {
    LabHost first = hosts.named(plan.hosts().get(0));
    String certificateKey = hex(32);
    kubeadm.init(first, tokenId + "." + tokenSecret, certificateKey);
    say("kubeadm has founded a cluster on " + first.name());
    LabKubernetes cluster = cluster();
    cluster.awaitNodes(List.of(first.name()));
    for (String name : plan.hosts().subList(1, plan.hosts().size())) {
      LabHost host = hosts.named(name);
      kubeadm.startJoin(host, tokenId + "." + tokenSecret, certificateKey);
      Parallel.all(() -> kubeadm.awaitJoined(host), () -> cluster.awaitNodes(List.of(name)));
      say(name + " has joined");
    }
    cluster.awaitBalancer();
    say("all nodes are Ready");
  }

  private void startKubernetes() {
    LabKubernetes cluster = cluster();
    cluster.awaitApi();
    say("the API server is ready");
    cluster.admitKubelets(tokenId, tokenSecret);
    cluster.awaitBalancer();
    say("the balancer leads to an API server");
    Parallel.all(hosts.all().stream().<Runnable>map(host -> () -> startKubelet(host)).toList());
    cluster.awaitNodes(plan.hosts());
    say("all nodes are Ready");
  }

  private void startOpenShift41() {
    LabKubernetes cluster = cluster();
    cluster.awaitApi();
    say("the API server is ready");
    cluster.admitKubelets(tokenId, tokenSecret);
    new LabOpenShift41(api(frame.founder(0))).prepare(pki);
    cluster.awaitBalancer();
    cluster.awaitNodes(plan.hosts());
    say("all nodes are Ready");
  }

  /** The unit says by itself when it is ready, so its start is the wait. */
  private static void awaitEtcd(LabHost host) {
    host.run(ETCD_LIMIT, "systemctl", "start", "etcd.service").orThrow();
  }

  private static void startKubelet(LabHost host) {
    host.run("systemctl", "enable", "--now", "--quiet", "kubelet.service").orThrow();
  }

  private void say(String what) {
    double seconds = (System.nanoTime() - started) / 1e9;
    plan.listener().accept(String.format(Locale.ROOT, "%5.1f s  %s", seconds, what));
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
