package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.clusterrecovery.RunId;
import io.clusterrecovery.SignerPods;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignerManifestTest {
  /** {@return the pod's manifest, such as tokenize-signer.sh makes it for that node} */
  static String manifest(String host) {
    return """
        apiVersion: v1
        kind: Pod
        metadata:
          name: etcd-signer
          namespace: openshift-config
          labels:
            k8s-app: etcd
        spec:
          containers:
          - name: etcd-signer
            image: "registry.example.com/signer@sha256:0"
            command: ["/bin/sh", "-c", "exec kube-etcd-signer-server serve --address=0.0.0.0:9943"]
            resources:
              requests:
                memory: 600Mi
            ports:
            - name: server
              containerPort: 9943
              protocol: TCP
            securityContext:
              privileged: true
          hostNetwork: true
          nodeSelector:
            kubernetes.io/hostname: "HOST"
          tolerations:
          - operator: "Exists"
          restartPolicy: Always
        """
        .replace("HOST", host);
  }

  @Test
  void marked_manifest_saysWhichRunItIsOfAndWhenItEnds() {
    SignerManifest.Fits fits = (SignerManifest.Fits) SignerManifest.of(manifest("a"), "a");
    JsonObject pod = fits.marked(new RunId("run-1"), Duration.ofHours(2));
    assertThat(Doc.text(pod, "spec", "activeDeadlineSeconds")).isEqualTo("7200");
    assertThat(Doc.text(pod, "spec", "tolerations")).isEmpty();
    assertThat(Doc.objects(pod, "spec", "containers").get(0).toString())
        .contains("\"privileged\":true", "600Mi", "\"containerPort\":9943");
    assertThat(SignerManifest.read(pod).isOf(new RunId("run-1"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: etcd-signer          | name: other         | name is 'other', not 'etcd-signer'",
        "namespace: openshift-config| namespace: default  | namespace is 'default'",
        "hostNetwork: true          | hostNetwork: false  | hostNetwork is 'false'",
        "kind: Pod                  | kind: Job           | kind is 'Job'",
        "HOST                       | other-host          | hostname is 'other-host', not 'HOST'",
        "apiVersion: v1             | [                   | cannot be read",
      })
  void of_anythingElse_saysHowItDiffers(String wanted, String found, String how) {
    String changed = manifest("HOST").replaceFirst(wanted.strip(), found.strip());
    assertThat(SignerManifest.of(changed, "HOST"))
        .isInstanceOfSatisfying(
            SignerManifest.Differs.class, differs -> assertThat(differs.how()).contains(how));
  }

  @Test
  void read_podOfTheApi_tellsWhoseItIsAndHowItIs() {
    assertThat(read("'metadata': {'uid': 'u'}, 'status': {'phase': 'Pending'}"))
        .isEqualTo(new SignerPods.Pod("u", Optional.empty(), "", "Pending"));
    assertThat(
            read(
                "'metadata': {'uid': 'u', 'annotations': {'cluster-recovery.io/run': 'r'}},"
                    + " 'spec': {'nodeSelector': {'kubernetes.io/hostname': 'h'}},"
                    + " 'status': {'phase': 'Failed', 'reason': 'DeadlineExceeded'}"))
        .isEqualTo(new SignerPods.Pod("u", Optional.of("r"), "h", "Failed, DeadlineExceeded"));
    assertThat(
            read("'status': {'phase': 'Pending', 'containerStatuses': ["
                    + "{'state': {'waiting': {'reason': 'ErrImagePull'}}}]}")
                .state())
        .isEqualTo("Pending, ErrImagePull");
    assertThat(read("'metadata': {'deletionTimestamp': '2024-05-01T10:00:00Z'}").state())
        .isEqualTo("being deleted");
  }

  private static SignerPods.Pod read(String fields) {
    return SignerManifest.read(
        JsonParser.parseString("{" + fields.replace('\'', '"') + "}").getAsJsonObject());
  }
}
