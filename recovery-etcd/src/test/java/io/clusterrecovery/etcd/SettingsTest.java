package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"https://a.example.com:2380", "http://10.0.0.1:2379", "https://[fd00::1]:2380"})
  void requireWithPort_urlOfEtcd_isKept(URI url) {
    assertThat(Urls.requireWithPort(url)).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example.com",
        "ftp://a:2380",
        "a:2380",
        "https:///x:2380",
        "https://a:2380/",
        "https://a:2380/path",
        "https://a:2380?x=y",
        "https://a:2380#x",
        "https://user@a:2380",
        "https://a_b:2380"
      })
  void requireWithPort_anythingElse_isRefusedWithTheForm(URI url) {
    assertThatThrownBy(() -> Urls.requireWithPort(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://HOST:PORT")
        .hasMessageContaining(url.toString());
  }

  @ParameterizedTest
  @CsvSource({"https://[fd00::1]:2380, fd00::1", "https://a.b:1, a.b"})
  void host_ofAUrl_hasNoBrackets(URI url, String host) {
    assertThat(Urls.host(url)).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"m0", "etcd-member-ip-10-0-143-125.ec2.internal", "A_b.c-1"})
  void memberName_thatCanBe_isKept(String name) {
    assertThat(MemberName.require(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=b", "a,b", "-a", "a b", "a\n", "a/b"})
  void memberName_thatCannotBe_isRefused(String name) {
    assertThatThrownBy(() -> MemberName.require(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"etcd", "etcd.service", "etcd@main", "kube-apiserver"})
  void unitName_thatCanBe_isKept(String name) {
    assertThat(UnitName.require(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-etcd", "--all", "a b", "a/b", "etcd*", "a\n"})
  void unitName_thatCannotBe_isRefused(String name) {
    assertThatThrownBy(() -> UnitName.require(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void setOnce_secondValue_namesTheFirst() {
    assertThat(SetOnce.value("name", null, "a")).isEqualTo("a");
    assertThatThrownBy(() -> SetOnce.value("name", "a", "b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("name was set to 'a'");
    assertThatThrownBy(() -> SetOnce.required("name", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("name is missing");
  }

  @Test
  void cluster_httpsWithoutCertificates_isRefusedAtBuild() {
    assertThatThrownBy(() -> EtcdCluster.at(URI.create("https://a:2379")).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tls(ca, cert, key)");
    assertThatThrownBy(EtcdCluster::at).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void expander_sameMemberTwice_isRefusedAtTheSetter() {
    EtcdCluster cluster =
        EtcdCluster.at(URI.create("https://a:2379"))
            .tls(Path.of("ca"), Path.of("cert"), Path.of("key"))
            .build();
    MemberExpander.Builder expander =
        MemberExpander.on(cluster).add("m1", URI.create("https://m1:2380"), new RecordingHost("h"));

    assertThatThrownBy(
            () -> expander.add("m1", URI.create("https://x:2380"), new RecordingHost("h")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> expander.add("x", URI.create("https://m1:2380"), new RecordingHost("h")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MemberExpander.on(cluster).build())
        .isInstanceOf(IllegalStateException.class);
    assertThat(expander.build()).hasToString("MemberExpander[etcd at [https://a:2379] by [m1]]");
  }

  @Test
  void settings_secondValue_namesTheFirst() {
    EtcdCluster.Builder cluster =
        EtcdCluster.at(URI.create("https://a:2379"))
            .tls(Path.of("ca1"), Path.of("cert"), Path.of("key"))
            .callLimit(Duration.ofSeconds(7));
    MemberExpander.Builder expander =
        MemberExpander.on(cluster.build())
            .starter(SystemdEtcd.unit("etcd7"))
            .syncLimit(Duration.ofSeconds(8));

    assertHeld("ca1", () -> cluster.tls(Path.of("ca"), Path.of("cert"), Path.of("key")));
    assertHeld("PT7S", () -> cluster.callLimit(Duration.ofSeconds(1)));
    assertHeld("etcd7", () -> expander.starter(SystemdEtcd.unit("etcd")));
    assertHeld("PT8S", () -> expander.syncLimit(Duration.ofSeconds(1)));
  }

  private static void assertHeld(String value, ThrowingCallable second) {
    assertThatThrownBy(second)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already")
        .hasMessageContaining(value);
  }

  @Test
  void addLines_environmentFile_isReadAsSystemdDoes() {
    Map<String, String> found = new LinkedHashMap<>();
    EnvironmentText.addLines(
        """
        # comment
        ; comment too
        ETCD_NAME=m0
          ETCD_DATA_DIR = /var/lib/etcd

        QUOTED="a b"
        SINGLE='c d'
        EMPTY=
        URL=https://a:2380?x=y
        ETCD_NAME=m1
        =nothing
        nonsense
        """,
        found);

    assertThat(found)
        .containsExactly(
            Map.entry("ETCD_NAME", "m1"),
            Map.entry("ETCD_DATA_DIR", "/var/lib/etcd"),
            Map.entry("QUOTED", "a b"),
            Map.entry("SINGLE", "c d"),
            Map.entry("EMPTY", ""),
            Map.entry("URL", "https://a:2380?x=y"));
  }

  @Test
  void addWords_environmentOfAUnit_keepsQuotedWordsWhole() {
    Map<String, String> found = new LinkedHashMap<>();
    EnvironmentText.addWords("A=1 \"B=two words\" C=3  D=", found);

    assertThat(found)
        .containsExactly(
            Map.entry("A", "1"),
            Map.entry("B", "two words"),
            Map.entry("C", "3"),
            Map.entry("D", ""));
  }

  @Test
  void restoreRecord_ofAnotherSnapshot_doesNotDescribeThisOne() {
    RestoreRecord record = new RestoreRecord("run", "m0", "aa", "c", "2026-01-01T00:00:00Z", 7);

    assertThat(record.describes("m0", source("aa"))).isTrue();
    assertThat(record.describes("m1", source("aa"))).isFalse();
    assertThat(record.describes("m0", source("bb"))).isFalse();
  }

  @Test
  void restoreRecords_brokenOnesOnTheHost_arePassedOver() {
    RecordingHost host =
        new RecordingHost("h")
            .prints(
                "restore.json",
                """
                {"run":"r","member":"m0","snapshotSha256":"aa","clusterId":"c","verifiedAt":"2026-01-01T00:00:00Z"}
                {"run":
                """);

    assertThat(RestoreRecord.readAll(host)).extracting(RestoreRecord::run).containsExactly("r");
  }

  private static RestoreSource source(String sha256) {
    return new RestoreSource.FromSnapshot(SnapshotFixture.whole(sha256));
  }
}
