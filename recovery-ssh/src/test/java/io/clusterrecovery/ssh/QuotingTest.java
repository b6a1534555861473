package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries the quoting on real shells. */
class QuotingTest {
  static final List<String> NASTY =
      List.of(
          "",
          " ",
          "'",
          "''",
          "'\\''",
          "\\",
          "\\\\'",
          "$(id)",
          "`id`",
          "$HOME",
          "${x:?}",
          "!!",
          "!id",
          "-n",
          "--",
          "a\nb",
          "a\r\nb",
          "\n",
          "*",
          "~",
          "#x",
          "a;b&c|d<e>f",
          "{a,b}",
          "é 漢 🦊",
          "trailing\\");

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "/bin/bash"})
  void line_everyByte_arrivesAsItIs(String shell) throws IOException, InterruptedException {
    List<String> each =
        IntStream.rangeClosed(1, 255).mapToObj(b -> String.valueOf((char) b)).toList();
    List<String> all = new ArrayList<>(each);
    all.add(String.join("", each));
    assertThat(printedBy(shell, all, ISO_8859_1)).isEqualTo(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "/bin/bash"})
  void line_nastyStrings_arriveAsTheyAre(String shell) throws IOException, InterruptedException {
    assertThat(printedBy(shell, NASTY, UTF_8)).isEqualTo(NASTY);
  }

  @Test
  void line_pairsOfPrintableCharacters_arriveAsTheyAre() throws IOException, InterruptedException {
    List<String> pairs =
        IntStream.rangeClosed(' ', '~')
            .boxed()
            .flatMap(
                a -> IntStream.rangeClosed(' ', '~').mapToObj(b -> "" + (char) (int) a + (char) b))
            .collect(Collectors.toList());
    assertThat(printedBy("/bin/sh", pairs, UTF_8)).isEqualTo(pairs);
  }

  private static List<String> printedBy(String shell, List<String> arguments, Charset charset)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("printf", "%s\\0"));
    line.addAll(arguments);
    Process process = new ProcessBuilder(shell, "-s").redirectErrorStream(true).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write((Quoting.line(line) + "\n").getBytes(charset));
    }
    String printed = new String(process.getInputStream().readAllBytes(), charset);
    assertThat(process.waitFor()).isZero();
    return List.of(printed.substring(0, printed.length() - 1).split("\0", -1));
  }
}
