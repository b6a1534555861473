package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.etcd.RecoverOutput.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecoverOutputTest {
  private static final List<String> FRESH =
      List.of(
          "Creating asset directory ./assets",
          "Downloading etcdctl binary..",
          "etcdctl version: 3.3.10",
          "API version: 3.3",
          "Backing up /etc/kubernetes/manifests/etcd-member.yaml to ./assets/backup/",
          "Backing up /etc/etcd/etcd.conf to ./assets/backup/",
          "Trying to backup etcd client certs..",
          "etcd client certs found in /etc/kubernetes/static-pod-resources/kube-apiserver-pod-1 backing up to ./assets/backup/",
          "Stopping etcd..",
          "Waiting for etcd-member to stop",
          "Local etcd snapshot file not found, backup skipped..",
          "etcd TLS certificates not found, backup skipped..");
  private static final List<String> REPEATED =
      List.of(
          "Downloading etcdctl binary..",
          "etcd-member.yaml found in ./assets/backup/",
          "etcd.conf backup upready exists ./assets/backup/etcd.conf",
          "Trying to backup etcd client certs..",
          "etcd client certs already backed up and available ./assets/backup/",
          "Stopping etcd..",
          "Waiting for etcd-member to stop",
          "etcd data-dir backup found ./assets/backup/etcd..",
          "etcd TLS certificate backups found in ./assets/backup..",
          "Removing etcd certs..");
  private static final List<String> REST =
      List.of(
          "Populating template /usr/local/share/openshift-recovery/template/etcd-generate-certs.yaml.template",
          "Starting etcd client cert recovery agent..",
          "Waiting for certs to generate..",
          "Stopping cert recover..",
          "Waiting for generate-certs to stop",
          "Patching etcd-member manifest..",
          "Updating etcd membership..",
          "Removing etcd data_dir /var/lib/etcd..",
          "Member 249a4b9a790b3719 added to cluster 807ae3bffc8d69ca",
          "ETCD_NAME=\"etcd-member-ip-10-0-156-255.ec2.internal\"",
          "Starting etcd..");

  @Test
  void after_firstAndRepeatedRun_comeToTheSameEnd() {
    for (List<String> beginning : List.of(FRESH, REPEATED)) {
      RecoverOutput half = read(beginning);
      assertThat(half.added()).isEmpty();
      RecoverOutput whole = read(half, REST);
      assertThat(whole.stage()).isEqualTo(Stage.STARTED);
      assertThat(whole.added()).contains("249a4b9a790b3719");
      assertThat(whole.cluster()).contains("807ae3bffc8d69ca");
    }
    assertThat(read(FRESH).stage()).isEqualTo(Stage.STOPPING);
    assertThat(read(REPEATED).stage()).isEqualTo(Stage.CERTIFICATES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4  | BEGINNING      | etcd was not stopped",
        "9  | STOPPING       | manifests-stopped",
        "13 | CERTIFICATES   | certificates are gone",
        "15 | CERTIFICATES   | certificates are gone",
        "16 | STOPPING_AGENT | certificates are made",
        "19 | JOINING        | its data is gone",
        "21 | JOINING        | its data is gone",
        "23 | STARTED        | in place",
      })
  void after_eachLine_tellsHowTheHostIsLeft(int lines, Stage stage, String host) {
    List<String> all = new java.util.ArrayList<>(FRESH);
    all.addAll(REST);
    RecoverOutput output = read(all.subList(0, lines));
    assertThat(output.stage()).isEqualTo(stage);
    assertThat(output.stage().host()).contains(host);
  }

  @Test
  void after_idsWithoutLeadingZeros_areReadWhateverTheirWidth() {
    RecoverOutput output =
        read(List.of("Member  cbe982c74cbb42f added to cluster   7ae3bffc8d69ca"));
    assertThat(output.added()).contains("cbe982c74cbb42f");
    assertThat(output.cluster()).contains("7ae3bffc8d69ca");
  }

  @Test
  void after_whatLooksAlike_isNoAdd() {
    assertThat(read(List.of("Member added to cluster", "xMember 1 added to cluster 2")).added())
        .isEmpty();
    assertThat(read(List.of("{\"level\":\"warn\"} etcdserver: unhealthy cluster")))
        .isEqualTo(RecoverOutput.NOTHING);
  }

  private static RecoverOutput read(List<String> lines) {
    return read(RecoverOutput.NOTHING, lines);
  }

  private static RecoverOutput read(RecoverOutput from, List<String> lines) {
    RecoverOutput output = from;
    for (String line : lines) {
      output = output.after(line);
    }
    return output;
  }
}
