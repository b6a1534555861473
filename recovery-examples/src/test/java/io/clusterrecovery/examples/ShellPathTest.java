package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellPathTest {

  @Test
  void of_jars_leavesOutWhatIsInsideOfClients() {
    assertThat(ShellPath.of("/a/target/classes:/lib/recovery-etcd-1.jar:/lib/netty-common-4.jar"))
        .isEqualTo("/a/target/classes:/lib/recovery-etcd-1.jar");
  }

  @Test
  void of_thisClassPath_isEnoughForWhatTheReadmeShows(@TempDir Path classes) throws Exception {
    String path = ShellPath.of(System.getProperty("java.class.path"));
    Path snippet = Path.of("src/test/java/io/clusterrecovery/examples/ReadmeSnippet.java");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter words = new StringWriter();
    List<String> options = List.of("-proc:none", "-d", classes.toString(), "-cp", path);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavaCompiler.CompilationTask task =
          compiler.getTask(words, files, null, options, null, files.getJavaFileObjects(snippet));

      assertThat(task.call()).as(words.toString()).isTrue();
    }
    assertThat(path).doesNotContain("netty", "guava");
  }
}
