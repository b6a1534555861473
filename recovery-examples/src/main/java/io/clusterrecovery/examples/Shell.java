package io.clusterrecovery.examples;

import java.util.ArrayList;
import java.util.List;
import jdk.jshell.tool.JavaShellToolBuilder;

/**
 * A JShell prompt in this very process: what is typed runs where the SDK's classes already are, so
 * there is no second JVM to start and none to fill.
 */
public final class Shell {
  private Shell() {}

  /** Opens the prompt; the arguments are those of jshell. */
  public static void main(String[] arguments) throws Exception {
    LibraryLogs.onlyWarnings();
    List<String> all =
        new ArrayList<>(
            List.of(
                "--execution",
                "local",
                "--class-path",
                ShellPath.of(System.getProperty("java.class.path"))));
    all.addAll(List.of(arguments));
    System.exit(JavaShellToolBuilder.builder().start(all.toArray(String[]::new)));
  }
}
