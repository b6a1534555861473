package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {

  @Test
  void parse_afterABanner_hasValuesAndPayload() {
    String printed =
        "Welcome\nx=1\n@cluster-recovery@\nstate=ended\nsaid=a=b\nnone=\n\n\npay\n\nload";
    Reply reply = Reply.parse(printed.getBytes(UTF_8)).orElseThrow();
    assertThat(reply.values()).isEqualTo(Map.of("state", "ended", "said", "a=b", "none", ""));
    assertThat(reply.payload().text()).isEqualTo("\npay\n\nload");
    assertThat(reply.get("absent")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Welcome\n", "@cluster-recovery@", "@cluster-recovery@\na=1\n"})
  void parse_headNotComplete_isEmpty(String printed) {
    assertThat(Reply.parse(printed.getBytes(UTF_8))).isEmpty();
  }
}
