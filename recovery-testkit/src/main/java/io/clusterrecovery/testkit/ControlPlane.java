package io.clusterrecovery.testkit;

/** Who runs the Kubernetes of a lab's hosts. */
enum ControlPlane {
  /** Nobody: there is none. */
  NONE,
  /** systemd, as units set up by hand. */
  SYSTEMD,
  /** The kubelet, as the static pods that kubeadm writes. */
  KUBEADM,
  /** The kubelet, as the static pods of OpenShift 4.1. */
  OPENSHIFT41
}
