package io.clusterrecovery.etcd;

import java.util.ArrayList;
import java.util.List;

/** Makes what a master shows, beginning with one that is as it should be. */
final class OpenShift41Seen {
  private final List<String> lines =
      new ArrayList<>(
          List.of(
              "script=yes",
              "crictl=yes",
              "pod=ready",
              "release=v3.3.10",
              "manifest=etcd-member.yaml 11",
              "manifest=kube-apiserver-pod.yaml 22",
              "domain=lab.test",
              "peer=etcd-0.lab.test 10.0.1.10",
              "peer=etcd-1.lab.test 10.0.1.11",
              "dns=etcd-0.lab.test",
              "ip=10.0.1.10",
              "resolved=10.0.1.10",
              "addresses=10.0.1.10",
              "name=etcd-member-master-0",
              "kubelet=active",
              "member=yes",
              "used=1048576",
              "home=yes",
              "homeroom=1 10737418240",
              "dataroom=1 10737418240",
              "runroom=1 10737418240",
              "looked=yes"));

  static OpenShift41Seen good() {
    return new OpenShift41Seen();
  }

  OpenShift41Seen with(String... more) {
    lines.addAll(List.of(more));
    return this;
  }

  OpenShift41Seen without(String beginning) {
    lines.removeIf(line -> line.startsWith(beginning));
    return this;
  }

  OpenShift41Facts facts() {
    return new OpenShift41Facts(text());
  }

  /** As the look at the host prints it. */
  String text() {
    return String.join("\n", lines);
  }
}
