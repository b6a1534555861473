package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.DetachedCommand.OutputLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<OutputLine> lines = new ArrayList<>();
  private final LineSplitter splitter = new LineSplitter(10, lines::add);

  @Test
  void add_piecesOfLines_areToldWhole() {
    splitter.add("on".getBytes(UTF_8));
    splitter.add("e\n\ntwo\r\nth".getBytes(UTF_8));
    assertThat(lines)
        .containsExactly(
            new OutputLine("one", 14), new OutputLine("", 15), new OutputLine("two", 20));
    assertThat(splitter.next()).isEqualTo(22);
    splitter.finish();
    splitter.finish();
    assertThat(lines).last().isEqualTo(new OutputLine("th", 22));
  }

  @Test
  void add_characterCutInTwo_isWhole() {
    byte[] fox = "🦊\n".getBytes(UTF_8);
    for (byte b : fox) {
      splitter.add(new byte[] {b});
    }
    assertThat(lines).containsExactly(new OutputLine("🦊", 15));
  }

  @Test
  void add_endlessLine_isToldInParts() {
    splitter.add(new byte[LineSplitter.LONGEST + 1]);
    assertThat(lines).hasSize(1);
    splitter.finish();
    assertThat(lines).hasSize(2);
  }
}
