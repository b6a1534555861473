package io.clusterrecovery.testkit;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Real kubeadm on the hosts of a lab.
 *
 * @param endpoint the address by which the control plane is known
 * @param caHash the digest of the cluster's authority, which a joining host trusts
 * @param etcd etcd's version
 */
record Kubeadm(String endpoint, String caHash, String etcd) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration INIT_LIMIT = Duration.ofMinutes(5);
  private static final Duration JOIN_LIMIT = Duration.ofMinutes(6);
  private static final Duration IMAGES_LIMIT = Duration.ofMinutes(3);
  private static final String FILE = "/run/kubeadm.yaml";
  private static final String JOIN = "kubeadm-join.service";

  /** Founds a cluster on a host. */
  void init(LabHost host, String token, String certificateKey) {
    awaitImages(host);
    configure(host, "init", token, certificateKey);
    host.run(INIT_LIMIT, "kubeadm", "init", "--config", FILE, "--upload-certs").orThrow();
    host.run("rm", FILE).orThrow();
  }

  /**
   * Starts the join of a host, with a token and a certificate key made for it on a host that
   * serves.
   */
  void startJoin(LabHost host, LabHost through) {
    Keys keys = Keys.random();
    announce(through, keys);
    startJoin(host, keys.token(), keys.certificate());
  }

  /** What a host joins with, once it can; likewise. */
  String joinConfiguration(LabHost host, LabHost through) {
    Keys keys = Keys.random();
    announce(through, keys);
    awaitImages(host);
    return configuration(host, "join", keys.token(), keys.certificate());
  }

  private void announce(LabHost through, Keys keys) {
    configure(through, "init", keys.token(), keys.certificate());
    through
        .run("kubeadm", "init", "phase", "upload-certs", "--upload-certs", "--config", FILE)
        .orThrow();
    through.run("kubeadm", "token", "create", "--config", FILE).orThrow();
    through.run("rm", FILE).orThrow();
  }

  private record Keys(String token, String certificate) {
    static Keys random() {
      return new Keys(hex(3) + "." + hex(8), hex(32));
    }

    @Override
    public String toString() {
      return "token and certificate key";
    }
  }

  void startJoin(LabHost host, String token, String certificateKey) {
    configure(host, "join", token, certificateKey);
    host.run(
            "systemd-run",
            "--quiet",
            "--no-block",
            "--unit=" + JOIN,
            "--property=Type=oneshot",
            "--property=RemainAfterExit=yes",
            "--property=After=images.service",
            "kubeadm",
            "join",
            "--config",
            FILE)
        .orThrow();
  }

  /** Waits until kubeadm says that the host has joined. */
  void awaitJoined(LabHost host) {
    Await.until(host.name() + " joined by kubeadm", JOIN_LIMIT, () -> joined(host));
    host.run("rm", FILE).orThrow();
  }

  private static boolean joined(LabHost host) {
    String state = host.run("systemctl", "show", "--property=ActiveState", "--value", JOIN).out();
    if (state.strip().equals("failed")) {
      String log = host.run("journalctl", "--no-pager", "--lines=30", "--unit=" + JOIN).out();
      throw new LabException("kubeadm join failed on " + host.name() + ":\n" + log);
    }
    return state.strip().equals("active");
  }

  /** The unit ends when they are made, so its start is the wait. */
  private static void awaitImages(LabHost host) {
    host.run(IMAGES_LIMIT, "systemctl", "start", "images.service").orThrow();
  }

  private void configure(LabHost host, String verb, String token, String certificateKey) {
    String text = configuration(host, verb, token, certificateKey);
    host.write(FILE, text.getBytes(StandardCharsets.UTF_8), "0600");
  }

  private String configuration(LabHost host, String verb, String token, String certificateKey) {
    Map<String, String> values = new HashMap<>();
    values.put("TOKEN", token);
    values.put("CERTIFICATE_KEY", certificateKey);
    values.put("ADDRESS", host.address());
    values.put("NAME", host.name());
    values.put("ENDPOINT", endpoint);
    values.put("CA_HASH", caHash);
    values.put("KUBERNETES", LabPaths.KUBERNETES_VERSION);
    values.put("ETCD", etcd);
    return HostSeed.filled("host/kubeadm-" + verb + ".yaml", values);
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
