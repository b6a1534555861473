package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepliesTest {
  private static final String TWO =
      "a banner\n@cluster-recovery@\nhave=12\n\n@cluster-recovery@\ngot=1\n\n";

  private final List<Reply> heard = new ArrayList<>();
  private final Replies replies = new Replies(heard::add);

  @Test
  void write_byteByByte_hearsEachOnce() throws IOException, InterruptedException {
    for (byte each : (TWO + "@cluster-recovery@\ngot=2\n\n").getBytes(UTF_8)) {
      replies.write(each);
    }
    assertThat(heard).hasSize(3);
    assertThat(replies.await("have")).isEqualTo("12");
    assertThat(replies.get("got")).contains("2");
    assertThat(replies.get("sha256")).isEmpty();
  }

  @Test
  void write_allAtOnce_hearsThemAll() throws IOException {
    replies.write(TWO.getBytes(UTF_8));
    assertThat(heard).extracting(reply -> reply.get("got")).containsExactly("", "1");
  }

  @Test
  void await_ended_saysSo() {
    replies.end();
    assertThatThrownBy(() -> replies.await("have")).isInstanceOf(IOException.class);
  }
}
