package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.LabHost;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What lies on a host before the SDK comes, to find what it leaves behind. */
final class HostTraces {
  /**
   * Where an SDK could leave something. What the hosts' own services make there themselves is left
   * out: containerd, kubelet, etcd in its data directory; and the folder that OpenShift's scripts
   * work in, which {@link OpenShift41Checks} looks into.
   */
  private static final String FILES =
      "find /etc /home /opt /root /srv /tmp /usr /var/tmp /var/lib /run/systemd/system"
          + " -maxdepth 6 -not -path '/opt/containerd*' -not -path '/usr/libexec/kubernetes*'"
          + " -not -path /etc/kubernetes/kubelet.conf -not -path '/var/lib/kubelet*'"
          + " -not -path '/var/lib/containerd*' -not -path '/var/lib/systemd*'"
          + " -not -path /var/lib/etcd -not -path '/var/lib/etcd/member*'"
          + " -not -path '/home/core/assets*' -not -path '/etc/kubernetes/*/etcd-member/*signer'"
          + " -not -path '/var/lib/cluster-recovery*' 2>/dev/null | sort";

  /** Processes of the login's user, and whatever runs from the SDK's folder. */
  private static final String PROCESSES =
      "pgrep -u core -a | grep -v -e '^[0-9]* sshd' -e 'systemd --user' -e '(sd-pam)';"
          + " pgrep -f -a /var/lib/cluster-recovery; true";

  private final Map<LabHost, Set<String>> before = new LinkedHashMap<>();

  /** Remembers what lies on a host now. */
  void remember(LabHost host) {
    before.put(host, files(host));
  }

  /**
   * What kubeadm, or the scripts of OpenShift 4.1, write to a new host would look like something
   * left behind.
   */
  Consumer<LabHost> rememberingNewHosts(DrillOptions.Platform platform) {
    return platform == DrillOptions.Platform.SYSTEMD ? this::remember : host -> {};
  }

  /** Compares with what was remembered. */
  Check check() {
    List<String> found = new ArrayList<>();
    before.forEach((host, files) -> leftOn(host, files).forEach(found::add));
    return new Check(
        "hosts-clean",
        found.isEmpty(),
        found.isEmpty() ? "nothing left on %d hosts".formatted(before.size()) : found.toString());
  }

  private static List<String> leftOn(LabHost host, Set<String> before) {
    Set<String> now = new HashSet<>(files(host));
    now.removeAll(before);
    List<String> left = new ArrayList<>();
    now.forEach(file -> left.add(host.name() + ": file " + file));
    host.script(PROCESSES)
        .orThrow()
        .lines()
        .forEach(process -> left.add(host.name() + ": process " + process));
    return left;
  }

  private static Set<String> files(LabHost host) {
    return new HashSet<>(host.script(FILES).orThrow().lines().toList());
  }
}
