package io.clusterrecovery.k8s;

/** A kind of object that not every cluster has. */
record ApiResource(String group, String version, String plural) {
  static final ApiResource PROXIES = new ApiResource("config.openshift.io", "v1", "proxies");
  static final ApiResource MACHINES =
      new ApiResource("machine.openshift.io", "v1beta1", "machines");

  /** {@return whether the cluster has it, which every client may ask} */
  boolean isOn(KubeApi api) {
    return api.find("/apis/" + group + "/" + version).stream()
        .flatMap(reply -> Doc.objects(reply.body(), "resources").stream())
        .anyMatch(resource -> Doc.text(resource, "name").equals(plural));
  }

  /** {@return where all of them are} */
  String path() {
    return "/apis/" + group + "/" + version + "/" + plural;
  }

  @Override
  public String toString() {
    return plural + "." + group;
  }
}
