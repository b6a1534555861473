package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's Java is code that compiles. */
class ReadmeTest {

  @Test
  void readme_javaBlock_isTheCompiledSnippet() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String source =
        Files.readString(Path.of("src/test/java/io/clusterrecovery/examples/ReadmeSnippet.java"));

    String shown = readme.split("```java\n", -1)[1].split("```", -1)[0];
    String compiled = source.split("// README\n", -1)[1];

    assertThat(tokens(shown)).isEqualTo(tokens(compiled));
  }

  /** Without comments and layout, since the formatter has its own mind about those. */
  private static String tokens(String java) {
    return java.replaceAll("\\s//.*", "").replaceAll("\\s+", "");
  }
}
