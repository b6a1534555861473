package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EtcdUnitRulesTest {
  private static final Map<String, String> PLAIN =
      Map.of("ETCD_NAME", "m0", "ETCD_DATA_DIR", "/var/lib/etcd");

  @Test
  void refusals_plainUnit_none() {
    assertThat(refusals("/usr/bin/etcd", PLAIN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--name m0",
        "-name m0",
        "--data-dir=/d",
        "-data-dir /d",
        "--wal-dir /w",
        "--config-file /c",
        "--initial-cluster a=b",
        "--initial-cluster-state=new",
        "--force-new-cluster"
      })
  void refusals_flagThatVariablesCannotOverride_refused(String flag) {
    assertThat(refusals("/usr/bin/etcd --logger zap " + flag, PLAIN))
        .extracting(Refusal::code)
        .containsOnly(Code.ETCD_CONFIG_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--listen-client-urls=https://a:2379",
        "--cert-file /a-name",
        "--snapshot-count 5"
      })
  void refusals_otherFlags_none(String flag) {
    assertThat(refusals("/usr/bin/etcd " + flag, PLAIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ETCD_WAL_DIR, /w, ETCD_CONFIG_UNSUPPORTED",
    "ETCD_CONFIG_FILE, /c, ETCD_CONFIG_UNSUPPORTED",
    "ETCD_FORCE_NEW_CLUSTER, true, ETCD_CONFIG_UNSUPPORTED",
    "ETCD_DATA_DIR, relative.etcd, ETCD_CONFIG_UNSUPPORTED",
    "ETCD_DATA_DIR, '', ETCD_CONFIG_UNSUPPORTED",
    "ETCD_NAME, other, MEMBER_MISMATCH",
    "ETCD_NAME, '', MEMBER_MISMATCH"
  })
  void refusals_variable_refused(String name, String value, Code code) {
    Map<String, String> environment = new HashMap<>(PLAIN);
    environment.put(name, value);

    assertThat(refusals("/usr/bin/etcd", environment))
        .extracting(Refusal::code)
        .containsExactly(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ETCD_DISCOVERY", "ETCD_DISCOVERY_SRV"})
  void joinRefusals_discovery_refusedForJoinersOnly(String name) {
    Map<String, String> environment = new HashMap<>(PLAIN);
    environment.put(name, "example.com");
    SystemdUnit unit = unit("loaded", "/usr/bin/etcd", environment);

    assertThat(EtcdUnitRules.refusals("h", unit, "m0")).isEmpty();
    assertThat(EtcdUnitRules.joinRefusals("h", unit)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not-found", "masked", "error", ""})
  void refusals_unitThatIsNotLoaded_namesItAlone(String loadState) {
    assertThat(EtcdUnitRules.refusals("h", unit(loadState, "", Map.of()), "m0"))
        .singleElement()
        .satisfies(r -> assertThat(r.found()).contains("h has no unit 'etcd'"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.10, true",
    "127.0.1.1, true",
    "::1, true",
    "10.0.0.10 fd00::1, true",
    "10.0.0.11, false",
    "10.0.0.10 10.0.0.11, false",
    "'', false"
  })
  void nameRefusals_byWhatTheNameResolvesTo(String resolved, boolean leadsHere) {
    HostFacts facts =
        new HostFacts("addresses=10.0.0.10 fd00::1 \nresolved=" + resolved + "\nlooked=yes\n");

    List<Refusal> refusals =
        EtcdUnitRules.nameRefusals("h", facts, URI.create("https://m0.test:2380"));

    assertThat(refusals.isEmpty()).isEqualTo(leadsHere);
    assertThat(refusals).allSatisfy(r -> assertThat(r.code()).isEqualTo(Code.NAME_RESOLUTION));
  }

  @Test
  void roomRefusals_nothingThere_allAtOnce() {
    Snapshot snapshot = SnapshotFixture.whole("00");

    assertThat(RestoreRoom.refusals("h", new HostFacts("free=1000\nrun_free=1000\n"), snapshot))
        .extracting(Refusal::code)
        .containsExactly(Code.ETCD_CONFIG_UNSUPPORTED, Code.DISK_FULL, Code.DISK_FULL);
    assertThat(
            RestoreRoom.refusals(
                "h", new HostFacts("data=yes\nfree=136314880\nrun_free=135266304\n"), snapshot))
        .isEmpty();
  }

  @Test
  void toolRefusals_noneOnTheHostAndNoneHere_areTold() {
    Path nowhere = Path.of("/nonexistent/etcdutl");

    assertThat(RestoreRoom.toolRefusals("h", new RestoreTool("", false)))
        .extracting(Refusal::code)
        .containsExactly(Code.TOOL_MISSING);
    assertThat(RestoreRoom.toolRefusals("h", new RestoreTool("/t", false))).isEmpty();
    assertThat(new UploadedTool(nowhere, "/run/etcdutl").refusals())
        .singleElement()
        .satisfies(r -> assertThat(r.found()).contains(nowhere.toString()));
  }

  private static List<Refusal> refusals(String commandLine, Map<String, String> environment) {
    return EtcdUnitRules.refusals("h", unit("loaded", commandLine, environment), "m0");
  }

  private static SystemdUnit unit(
      String loadState, String commandLine, Map<String, String> environment) {
    return new SystemdUnit("etcd", loadState, "active", commandLine, environment);
  }
}
