package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.StaticPodProcesses.PodProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodManifestTest {
  private static final String ETCD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: etcd
        namespace: kube-system
      spec:
        containers:
        - command:
          - etcd
          - --data-dir=/data
          - --name=master-0
          - --listen-client-urls=https://127.0.0.1:2379,https://10.0.0.1:2379
          image: registry.k8s.io/etcd:3.6.16-0
          name: etcd
          volumeMounts:
          - mountPath: /data
            name: etcd-data
        volumes:
        - hostPath:
            path: /var/lib/etcd
            type: DirectoryOrCreate
          name: etcd-data
      """;

  @Test
  void parse_manifestOfKubeadm_hasItsFlagsAndItsDataOnTheHost() {
    PodManifest etcd = etcd(ETCD);

    assertThat(etcd.command()).hasSize(4).startsWith("etcd", "--data-dir=/data");
    assertThat(etcd.flag("--name")).contains("master-0");
    assertThat(etcd.flag("--wal-dir")).isEmpty();
    assertThat(StaticPodRules.dataDir(etcd)).contains("/var/lib/etcd");
    assertThat(etcd.image()).isEqualTo("registry.k8s.io/etcd:3.6.16-0");
  }

  @ParameterizedTest
  @CsvSource({"kind: Pod, kind: Deployment", "- command:, - commands:", "kind: Pod, 'kind: [Pod'"})
  void parse_somethingElse_isNothing(String from, String to) {
    assertThat(PodManifest.parse(ETCD.replace(from, to))).isEmpty();
  }

  @Test
  void with_oneMoreFlag_isTheSamePodWithTheFlagAtTheEnd() {
    List<String> wanted = new ArrayList<>(etcd(ETCD).command());
    wanted.add("--force-new-cluster");

    PodManifest forced = etcd(etcd(ETCD).with("--force-new-cluster"));

    assertThat(forced.command()).isEqualTo(wanted);
    assertThat(forced.pod().path("metadata")).isEqualTo(etcd(ETCD).pod().path("metadata"));
    assertThat(StaticPodRules.dataDir(forced)).contains("/var/lib/etcd");
  }

  @Test
  void refusals_hostAsKubeadmMakesIt_areNone() {
    assertThat(StaticPodRules.refusals("host", files(ETCD), true, "master-0")).isEmpty();
  }

  @Test
  void refusals_noKubeletAndNoManifest_nameBoth() {
    assertThat(StaticPodRules.refusals("host", files("kind: List"), false, "master-0"))
        .extracting(Refusal::code)
        .containsExactly(Code.ETCD_CONFIG_UNSUPPORTED, Code.ETCD_CONFIG_UNSUPPORTED);
  }

  @ParameterizedTest
  @CsvSource({
    "--name=master-0, --name=master-1, MEMBER_MISMATCH",
    "mountPath: /data, mountPath: /other, ETCD_CONFIG_UNSUPPORTED",
    "- --name=, '- --force-new-cluster\n    - --name=', ETCD_CONFIG_UNSUPPORTED",
    "- --name=, '- --wal-dir=/wal\n    - --name=', ETCD_CONFIG_UNSUPPORTED",
    "    image:, '    env: [{name: ETCD_NAME, value: x}]\n    image:', ETCD_CONFIG_UNSUPPORTED"
  })
  void refusals_manifestThatIsNotAsNeeded_saySo(String from, String to, Code code) {
    String changed = ETCD.replace(from, to.replace("\\n", "\n"));

    assertThat(StaticPodRules.refusals("host", files(changed), true, "master-0"))
        .extracting(Refusal::code)
        .containsExactly(code);
  }

  @Test
  void process_withTheManifestsCommandOrItsData_isItsContainer() {
    PodManifest etcd = etcd(ETCD);
    List<String> forced = new ArrayList<>(etcd.command());
    forced.add("--force-new-cluster");
    PodProcess other = process(List.of("etcd", "--data-dir=/data", "--name=another"));
    PodProcess edited = process(List.of("etcd", "--name=master-0", "--data-dir=/data"));

    assertThat(process(etcd.command()).runs(etcd)).isTrue();
    assertThat(process(forced).runs(etcd)).isTrue();
    assertThat(edited.runs(etcd)).isFalse();
    assertThat(edited.isMember(etcd)).isTrue();
    assertThat(new StaticPodProcesses(List.of(other, edited)).of(files(ETCD)))
        .containsExactly(edited);
  }

  private static PodProcess process(List<String> command) {
    return new PodProcess(1, "c", command);
  }

  private static PodManifest etcd(String text) {
    return PodManifest.parse(text).orElseThrow();
  }

  private static StaticPodFiles files(String text) {
    Map<String, PodManifest> manifests = new LinkedHashMap<>();
    PodManifest.parse(text).ifPresent(m -> manifests.put(StaticPodFiles.ETCD, m));
    return new StaticPodFiles("/etc/kubernetes/manifests", "/aside", manifests);
  }
}
