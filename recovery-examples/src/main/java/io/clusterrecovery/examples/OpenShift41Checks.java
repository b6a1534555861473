package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.LabHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The checks of what the scripts of OpenShift 4.1 might leave: nobody signs etcd's certificates any
 * more, each master has its manifests, no client's key or snapshot lies there; by {@code kubectl},
 * {@code ss}, {@code ls} and {@code find}.
 */
record OpenShift41Checks(DrillLab drill, LabTools tools) {
  private static final Set<String> MANIFESTS =
      Set.of(
          "etcd-member.yaml",
          "kube-apiserver-pod.yaml",
          "kube-controller-manager-pod.yaml",
          "kube-scheduler-pod.yaml");

  private static final String SECRETS =
      "find /home/core /etc/kubernetes/static-pod-resources/etcd-member"
          + " -name etcd-client.key -o -name .recoveryconfig -o -name '*.db'";

  List<Check> all() {
    return List.of(
        Check.of("signer-pod-gone", this::podGone),
        Check.of("port-9943-closed", this::portClosed),
        Check.of("manifests-complete", this::manifestsComplete),
        Check.of("scripts-left-no-keys", this::noSecrets));
  }

  private Check podGone() {
    String pods = tools.kubectl().run("get", "pods", "-n", "openshift-config", "-o", "name");
    return none("signer-pod-gone", pods);
  }

  private Check portClosed() {
    String listening =
        drill.survivor().script("ss -Hltn | awk '$4 ~ /:9943$/ { print $4 }'").orThrow();
    return none("port-9943-closed", listening);
  }

  private static Check none(String id, String found) {
    return Check.equal(id, "none", found.isBlank() ? "none" : found.strip());
  }

  private Check noSecrets() {
    List<String> found = new ArrayList<>();
    for (LabHost host : drill.members()) {
      host.script(SECRETS).orThrow().lines().forEach(file -> found.add(host.name() + ": " + file));
    }
    return none("scripts-left-no-keys", String.join(", ", found));
  }

  private Check manifestsComplete() {
    List<String> wrong = new ArrayList<>();
    for (LabHost host : drill.members()) {
      Set<String> found =
          new TreeSet<>(host.run("ls", "/etc/kubernetes/manifests").orThrow().lines().toList());
      if (!found.equals(MANIFESTS)) {
        wrong.add(host.name() + " has " + found);
      }
    }
    return new Check(
        "manifests-complete",
        wrong.isEmpty(),
        wrong.isEmpty() ? "the same 4 on 3 masters" : String.join("; ", wrong));
  }
}
