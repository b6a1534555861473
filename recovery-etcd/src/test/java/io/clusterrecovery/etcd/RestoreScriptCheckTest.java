package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestoreScriptCheckTest {
  private static final RestoreScriptOutput FIRST =
      RestoreScriptOutput.of(RestoreScriptOutputTest.FIRST_RUN);

  @Test
  void problem_allAsWanted_isNone() {
    assertThat(RestoreScriptCheck.problem("m0", seen().facts(), FIRST, 361491)).isEmpty();
    assertThat(RestoreScriptCheck.problem("m0", seen().facts(), FIRST, 400000)).isEmpty();
  }

  @Test
  void problem_whatTheScriptDoesNotLookAt_isFound() {
    assertThat(found(seen().without("member="), FIRST, 361491)).contains("no data");
    assertThat(found(seen().with("lacking=etcd-member.yaml"), FIRST, 361491))
        .contains("etcd-member.yaml");
    assertThat(found(seen(), FIRST, 7)).contains("compacted up to 361491");
    RestoreScriptOutput again = RestoreScriptOutput.of(RestoreScriptOutputTest.REPEATED_RUN);
    assertThat(found(seen(), again, 42)).contains("left-over.yaml");
  }

  private static String found(OpenShift41Seen seen, RestoreScriptOutput output, long compacted) {
    return RestoreScriptCheck.problem("m0", seen.facts(), output, compacted).orElseThrow().found();
  }

  private static OpenShift41Seen seen() {
    return OpenShift41Seen.good();
  }
}
