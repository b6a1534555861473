package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user can call or extend is described, as the compiler's own check of comments sees it. */
class JavadocTest {

  @ParameterizedTest
  @ValueSource(strings = {"api", "ssh", "etcd", "k8s", "aws", "otel", "testkit"})
  void module_whatIsPublic_hasACommentAndItsExceptions(String module, @TempDir Path classes)
      throws IOException {
    assertThat(missing(Path.of("..", "recovery-" + module, "src/main/java"), classes)).isEmpty();
  }

  private static List<String> missing(Path sources, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options =
        List.of(
                List.of("-proc:none", "-Xdoclint:missing/protected", "-Xmaxwarns", "10000"),
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")))
            .stream()
            .flatMap(List::stream)
            .toList();
    try (Stream<Path> files = Files.walk(sources);
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> java = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(
              compiler
                  .getTask(
                      null,
                      manager,
                      found,
                      options,
                      null,
                      manager.getJavaFileObjectsFromPaths(java))
                  .call())
          .isTrue();
    }
    return found.getDiagnostics().stream()
        .map(JavadocTest::told)
        .filter(told -> told.contains("no comment") || told.contains("no @throws"))
        .toList();
  }

  private static String told(Diagnostic<? extends JavaFileObject> found) {
    return "%s:%d %s"
        .formatted(
            found.getSource() == null ? "" : found.getSource().getName(),
            found.getLineNumber(),
            found.getMessage(Locale.ENGLISH));
  }
}
