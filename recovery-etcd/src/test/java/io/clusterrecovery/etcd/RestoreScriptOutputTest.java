package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.etcd.RestoreScriptOutput.Copy;
import io.clusterrecovery.etcd.RestoreScriptOutput.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreScriptOutputTest {
  static final String FIRST_RUN =
      """
      Creating asset directory ./assets
      Downloading etcdctl binary..
      etcdctl version: 3.3.10
      API version: 3.3
      Backing up /etc/kubernetes/manifests/etcd-member.yaml to ./assets/backup/
      Stopping all static pods..
      ..stopping kube-scheduler-pod.yaml
      ..stopping etcd-member.yaml
      Stopping etcd..
      Waiting for etcd-member to stop
      Waiting for etcd-member to stop
      Stopping kubelet..
      Stopping all containers..
      bd44e4bc942276eb1a6d4b48ecd9f5fe95570f54aa9c6b16939fa2d9b679e1ea
      Backing up etcd data-dir..
      Removing etcd data-dir /var/lib/etcd
      Restoring etcd member etcd-member-ip-10-0-143-125.ec2.internal from snapshot..
      2019-05-15 19:03:34.647589 I | pkg/netutil: resolving etcd-0.example.com:2380 to 10.0.143.125:2380
      2019-05-15 19:03:34.883545 I | mvcc: restore compact to 361491
      2019-05-15 19:03:34.915679 I | etcdserver/membership: added member cbe982c74cbb42f [https://etcd-0.example.com:2380] to cluster 807ae3bffc8d69ca
      Starting static pods..
      ..starting kube-scheduler-pod.yaml
      ..starting etcd-member.yaml
      Starting kubelet..
      """;

  static final String REPEATED_RUN =
      """
      Downloading etcdctl binary..
      etcdctl version: 3.4.23
      API version: 3.4
      etcd-member.yaml found in ./assets/backup/
      Stopping all static pods..
      ..stopping etcd-member.yaml
      Stopping etcd..
      Stopping kubelet..
      Stopping all containers..
      etcd data-dir backup found ./assets/backup/etcd..
      Removing etcd data-dir /var/lib/etcd
      Restoring etcd member etcd-member-master-0 from snapshot..
      {"level":"info","caller":"mvcc/kvstore.go:388","msg":"restored last compact revision","restored-compact-revision":42}
      {"level":"info","msg":"added member","cluster-id":"2f58832b649e523f","local-member-id":"0","added-peer-id":"f0bc581cfcc04f68"}
      Starting static pods..
      ..starting etcd-member.yaml
      ..starting left-over.yaml
      Starting kubelet..
      """;

  @Test
  void of_firstRunWithEtcd33_tellsAll() {
    RestoreScriptOutput output = RestoreScriptOutput.of(FIRST_RUN);
    assertThat(output.stage()).isEqualTo(Stage.STARTING_KUBELET);
    assertThat(output.copy()).isEqualTo(Copy.MADE);
    assertThat(output.waits()).isEqualTo(2);
    assertThat(output.compacted()).hasValue(361491);
    assertThat(output.memberId()).contains("cbe982c74cbb42f");
    assertThat(output.clusterId()).contains("807ae3bffc8d69ca");
    assertThat(output.stopped()).isEqualTo(List.of("kube-scheduler-pod.yaml", "etcd-member.yaml"));
    assertThat(output.started()).isEqualTo(output.stopped());
  }

  @Test
  void of_repeatedRunWithEtcd34_tellsAll() {
    RestoreScriptOutput output = RestoreScriptOutput.of(REPEATED_RUN);
    assertThat(output.stage()).isEqualTo(Stage.STARTING_KUBELET);
    assertThat(output.copy()).isEqualTo(Copy.EARLIER_KEPT);
    assertThat(output.compacted()).hasValue(42);
    assertThat(output.memberId()).contains("f0bc581cfcc04f68");
    assertThat(output.clusterId()).contains("2f58832b649e523f");
    assertThat(output.started()).contains("left-over.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "0, BEGUN",
    "1, PREPARING",
    "2, DOWNLOADING",
    "4, DOWNLOADING",
    "5, BACKING_UP_MANIFEST",
    "8, STOPPING_PODS",
    "11, STOPPING_ETCD",
    "12, STOPPING_KUBELET",
    "14, STOPPING_CONTAINERS",
    "15, COPYING_DATA",
    "16, REMOVING_DATA",
    "20, RESTORING",
    "23, STARTING_PODS",
    "24, STARTING_KUBELET"
  })
  void stage_cutAfterSoManyLines_isWhatItWasAt(int lines, Stage stage) {
    String cut = String.join("\n", FIRST_RUN.lines().limit(lines).toList());
    assertThat(RestoreScriptOutput.of(cut).stage()).isEqualTo(stage);
  }

  @Test
  void of_noDataBefore_saysSo() {
    assertThat(
            RestoreScriptOutput.of("Local etcd snapshot file not found, backup skipped..").copy())
        .isEqualTo(Copy.NOTHING_THERE);
  }
}
