package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import java.util.List;

/**
 * What is done on the host of a signer.
 *
 * @param host the host
 */
record SignerHost(RemoteHost host) {
  private static final String MANIFEST =
      OpenShift41.HOME + "/assets/manifests/kube-etcd-cert-signer.yaml";

  /**
   * Has the manifest of the pod made, and reads it. How the script ends says nothing.
   *
   * @param hostname the label of the node
   * @param image the signer's
   */
  String manifest(String hostname, String image, RunContext run) {
    CommandResult result =
        host.run(
            Command.of(SignerLook.SCRIPT_FILE, hostname)
                .in(OpenShift41.HOME)
                .env("KUBE_ETCD_SIGNER_SERVER", image)
                .asRoot());
    result.out().lines().forEach(run::line);
    return host.read(MANIFEST)
        .map(bytes -> new String(bytes, UTF_8))
        .filter(text -> text.contains(image))
        .orElseThrow(
            () ->
                run.failure(
                    Code.VERIFICATION_FAILED,
                    "%s on %s ended with %s, and %s is not there or not of the image %s."
                        .formatted(
                            SignerLook.SCRIPT_FILE, host.name(), result.summary(), MANIFEST, image),
                    "Look at the script's output, correct what is wrong there, then run the step again.",
                    null));
  }

  boolean listens() {
    Command ports = Command.of("ss", "-ltn").limit(HostData.LOOK_LIMIT);
    return ListeningPorts.parse(HostFile.must(host, ports).out()).has(EtcdSigner.PORT);
  }

  /** What the process that listens has issued. */
  List<IssuedCertificate> issued() {
    Command look =
        Command.of("sh", "-c", IssuedCertificates.SCRIPT, "sh", String.valueOf(EtcdSigner.PORT))
            .asRoot();
    return IssuedCertificates.parse(HostFile.must(host, look).out());
  }
}
