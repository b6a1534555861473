package io.clusterrecovery.testkit;

import java.util.List;
import java.util.Map;

/** Sets a host up to run pods: container runtime, images, and what a kubelet expects. */
final class PodRuntimeSeed {
  private static final String OWN = "/etc/kubernetes/";
  private static final String UNITS = "/etc/systemd/system/";

  private final String etcd;

  PodRuntimeSeed(String etcd) {
    this.etcd = etcd;
  }

  /** Where the programs of the etcd image are from; no host has them in its path. */
  List<String> binds() {
    return List.of("--bind-ro=" + LabPaths.etcd(etcd) + "/usr/local/bin:/usr/local/lib/lab-etcd");
  }

  /**
   * Writes all of it.
   *
   * @param etcdImage the resource that makes the image with etcd
   */
  void write(HostSeed seed, String etcdImage) {
    Map<String, String> versions = Map.of("KUBERNETES", LabPaths.KUBERNETES_VERSION, "ETCD", etcd);
    seed.template(OWN + "make-images", "host/make-images", versions)
        .template(OWN + "make-etcd-image", etcdImage, versions)
        .file(OWN + "prepare-cgroups", HostSeed.resource("host/prepare-cgroups"))
        .file(OWN + "prepare-kubelet", HostSeed.resource("host/prepare-kubelet"))
        .file("/etc/containerd/config.toml", HostSeed.resource("host/containerd.toml"))
        .file("/etc/cni/net.d/10-lab.conflist", HostSeed.resource("host/cni.conflist"))
        .file(
            UNITS + "containerd.service.d/lab.conf", HostSeed.resource("host/containerd-lab.conf"))
        .file(UNITS + "images.service", HostSeed.resource("host/images.service"))
        .enable("images.service");
  }
}
