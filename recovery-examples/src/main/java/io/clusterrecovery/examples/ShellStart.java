package io.clusterrecovery.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A prompt that is started on a terminal of its own, as a person starts it, and asked one thing.
 *
 * @param command what starts it
 */
record ShellStart(List<String> command) {
  private static final String PROMPT = "jshell>";

  /** What is typed comes back too, so the answer is something that was not typed. */
  private static final String ANSWER = "answer etcd at ";

  private static final String QUESTION =
      "\"ans\" + \"wer \" + EtcdCluster.at(URI.create(\"http://127.0.0.1:1\")).build()\n";

  /** On a terminal without a size no prompt is shown. */
  private static final String SIZED = "stty cols 160 rows 40; exec ";

  private static final long LIMIT_SECONDS = 60;

  /**
   * How long it took since the start of the process, in seconds.
   *
   * @param prompt until the prompt was there
   * @param answer until the answer was there, to a question that was typed at once
   */
  record Times(double prompt, double answer) {}

  Times measure() throws IOException {
    String line = command.stream().map(ShellStart::quoted).collect(Collectors.joining(" "));
    ProcessBuilder builder = new ProcessBuilder("script", "-qec", SIZED + line, "/dev/null");
    builder.environment().put("TERM", "xterm");
    builder.redirectErrorStream(true);
    long start = System.nanoTime();
    Process process = builder.start();
    CompletableFuture<Process> watched =
        process
            .onExit()
            .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
            .exceptionally(late -> end(process));
    try (OutputStream keys = process.getOutputStream();
        InputStream screen = process.getInputStream()) {
      await(screen, PROMPT);
      double prompt = since(start);
      type(keys, QUESTION);
      await(screen, ANSWER);
      double answer = since(start);
      type(keys, "/exit\n");
      screen.readAllBytes();
      watched.join();
      return new Times(prompt, answer);
    }
  }

  private static Process end(Process process) {
    process.destroy();
    return process;
  }

  private static void await(InputStream screen, String text) throws IOException {
    StringBuilder shown = new StringBuilder();
    while (shown.indexOf(text) < 0) {
      int next = screen.read();
      if (next < 0) {
        throw new IllegalStateException("it ended without '" + text + "':\n" + shown);
      }
      shown.append((char) next);
    }
  }

  private static void type(OutputStream keys, String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.US_ASCII));
    keys.flush();
  }

  private static String quoted(String word) {
    return "'" + word + "'";
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
