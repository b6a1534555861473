package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.examples.DrillOptions.Platform;
import io.clusterrecovery.examples.DrillOptions.Source;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrillOptionsTest {

  @Test
  void parse_nothing_givesTheDefaults() {
    DrillOptions options = DrillOptions.parse(List.of());

    assertThat(options)
        .isEqualTo(
            new DrillOptions(
                Platform.SYSTEMD, "3.6.16", Source.SNAPSHOT, null, false, null, 5_000, false));
  }

  @Test
  void parse_everyOption_isTaken() {
    DrillOptions options =
        DrillOptions.parse(
            List.of(
                "--platform",
                "kubeadm",
                "--etcd",
                "3.5.35",
                "--from",
                "own-data",
                "--report",
                "/tmp/r",
                "--keep",
                "--objects",
                "7",
                "--quiet"));

    assertThat(options.platform()).isEqualTo(Platform.KUBEADM);
    assertThat(options.etcd()).isEqualTo("3.5.35");
    assertThat(options.source()).isEqualTo(Source.OWN_DATA);
    assertThat(options.report()).hasToString("/tmp/r");
    assertThat(options.keep()).isTrue();
    assertThat(options.objects()).isEqualTo(7);
    assertThat(options.quiet()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--platform other",
        "--etcd 3.3.10",
        "--platform kubeadm --etcd 3.4.23",
        "--from nothing",
        "--from own-data",
        "--objects 0",
        "--objects 100001",
        "--objects many",
        "--objects",
        "--report --keep",
        "--stop",
        "--what"
      })
  void parse_wrong_saysWhatIsWrong(String line) {
    List<String> arguments = List.of(line.split(" "));

    assertThatThrownBy(() -> DrillOptions.parse(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".*(platform|objects|value|option|source|kubeadm).*");
  }
}
