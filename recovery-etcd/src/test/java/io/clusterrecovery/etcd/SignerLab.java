package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** A plain host that has what a signer needs, where its pod is a unit of systemd. */
final class SignerLab implements SignerPods {
  private static final String EXECUTABLE = "0755";

  private static final String KEYS =
      """
      mkdir -p /etc/signer /var/lib/signer/csrs /home/core /var/lib/kubelet /root/.kube
      echo '{}' > /var/lib/kubelet/config.json
      echo 'a kubeconfig' > /root/.kube/config
      cd /etc/signer
      openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=signer -keyout ca.key -out ca.crt \
        -days 2 2> /dev/null
      openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=server -keyout tls.key -out tls.crt \
        -CA ca.crt -CAkey ca.key -days 2 -addext "subjectAltName=IP:127.0.0.1" 2> /dev/null
      in_base64() { base64 -w 0 < "$1"; }
      cat > config << END
          certificate-authority-data: $(in_base64 ca.crt)
          server: https://127.0.0.1:9943
          client-certificate-data: $(in_base64 tls.crt)
          client-key-data: $(in_base64 tls.key)
      END
      """;

  /** Prints as oc does what the release has, if it is given a kubeconfig that is there. */
  private static final String OC =
      """
      #!/bin/sh
      [ -s "$KUBECONFIG" ] && echo "q.test/$5@sha256:1"
      """;

  private static final String LIBRARY =
      """
      make_assets() { mkdir -p "$ASSET_DIR/manifests" "$ASSET_DIR/tmp"; }
      """;

  private static final String START =
      """
      systemd-run --quiet --unit=signer /usr/local/bin/kube-etcd-signer-server serve \
        --cacrt=/etc/signer/ca.crt --cakey=/etc/signer/ca.key \
        --metric-cacrt=/etc/signer/ca.crt --metric-cakey=/etc/signer/ca.key \
        --servcrt=/etc/signer/tls.crt --servkey=/etc/signer/tls.key --address=0.0.0.0:9943 \
        --csrdir=/var/lib/signer/csrs --peercertdur=26280h --servercertdur=26280h \
        --metriccertdur=26280h
      """;

  final LabHost host;
  String manifest = "";
  String whenDeleted = "true";
  private Optional<Pod> pod = Optional.empty();

  SignerLab(Lab lab) {
    host = lab.hosts().get(0);
    for (String script : new String[] {"tokenize-signer.sh"}) {
      put("/usr/local/bin/" + script, resource("bin/" + script));
    }
    for (String program : new String[] {"kube-client-agent", "kube-etcd-signer-server"}) {
      put("/usr/local/bin/" + program, resource("image/" + program));
    }
    String template = "kube-etcd-cert-signer.yaml.template";
    host.script("mkdir -p /usr/local/share/openshift-recovery/template").orThrow();
    put(
        "/usr/local/share/openshift-recovery/template/" + template,
        resource("template/" + template));
    put("/usr/local/bin/openshift-recovery-tools", LIBRARY.getBytes(UTF_8));
    put("/usr/local/bin/oc", OC.getBytes(UTF_8));
    host.script(KEYS).orThrow();
  }

  private void put(String path, byte[] bytes) {
    host.write(path, bytes, EXECUTABLE);
  }

  private static byte[] resource(String name) {
    try (InputStream in = Lab.class.getResourceAsStream("openshift41/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<Pod> find(RunContext run) {
    boolean runs = host.run("systemctl", "is-active", "--quiet", "signer").exit() == 0;
    return pod.filter(there -> runs);
  }

  @Override
  public void create(String text, String label, Duration life, RunContext run) {
    manifest = text;
    host.script(START).orThrow();
    pod = Optional.of(new Pod("u", Optional.of(run.runId().value()), label, "Running"));
  }

  /** A kubelet takes its time to end a pod, which serves until then. */
  @Override
  public void delete(Pod seen, RunContext run) {
    host.script("systemd-run --quiet --on-active=2 systemctl stop signer").orThrow();
    host.script(whenDeleted).orThrow();
  }
}
