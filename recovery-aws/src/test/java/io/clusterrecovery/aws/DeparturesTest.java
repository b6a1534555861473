package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeparturesTest {

  // Floor; targets of port 6443 as they are; who shall leave; who may leave now.
  @ParameterizedTest(name = "floor {0}: {1}, leaving {2}")
  @CsvSource({
    "1, a/healthy,                          '',  ''",
    "1, a/healthy b/healthy,                b,   b",
    "1, a/healthy b/unhealthy,              b,   b",
    "1, a/healthy b/unhealthy,              a,   ''",
    "1, a/unhealthy b/healthy,              b,   ''",
    "1, a/initial b/healthy,                b,   ''",
    "1, a/draining b/healthy,               b,   ''",
    "1, a/unhealthy b/unhealthy,            b,   ''",
    "1, a/healthy b/draining,               b,   ''",
    "1, a/healthy b/healthy c/healthy,      b c, b",
    "1, a/healthy b/healthy c/unhealthy,    b c, c",
    "1, a/healthy b/unhealthy c/initial d/healthy, b c d, b c",
    "2, a/healthy b/healthy,                b,   ''",
    "2, a/healthy b/healthy c/healthy,      b c, b",
    "2, a/healthy c/healthy,                b c, ''",
    "2, a/healthy b/healthy c/unhealthy,    c,   c",
    "2, a/healthy c/unhealthy,              c,   ''",
  })
  void next_asTheTableSays(int floor, String now, String leaving, String next) {
    String shown =
        new Departures(floor)
            .next(Seen.list(now.replace("/", ":6443/")), Seen.targets(leaving)).stream()
                .map(t -> t.target().id())
                .collect(Collectors.joining(" "));

    assertThat(shown).isEqualTo(next);
  }

  @Test
  void next_manyThatDoNotServe_leaveAHundredAtATime() {
    String gone =
        IntStream.range(0, 250).mapToObj(i -> "10.0.0." + i).collect(Collectors.joining(" "));
    TargetList now = Seen.list("a:6443/healthy " + gone.replace(" ", "/unhealthy ") + "/unhealthy");

    assertThat(new Departures(1).next(now, Seen.targets(gone))).hasSize(100);
  }
}
