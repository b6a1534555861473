package io.clusterrecovery;

import io.clusterrecovery.PrintedLine.Stream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The port through which operations reach a host.
 *
 * <p>Implementations are thread-safe. Failures are told by the three kinds of {@link
 * RecoveryException}, each true for the call alone: {@link RefusedException} if nothing was started
 * on the host (it does not answer, its key is not the known one, …), {@link StepFailedException} if
 * the connection broke while something was under way, {@link TimedOutException} at a limit.
 */
public interface RemoteHost extends AutoCloseable {

  /** {@return the host as people name it: its address or its name} */
  String name();

  /**
   * {@return each forcing that the caller wrote for this host, by the name of its setter, such as
   * {@code rebuilt(SHA256:…) of 10.0.1.13}} An operation on the host puts them into its plan, and
   * so into the report; a host that passes calls on to another passes this on too.
   */
  default List<String> forced() {
    return List.of();
  }

  /**
   * Runs a command and waits for its end, whatever its exit status is.
   *
   * @throws RefusedException if it was not started
   * @throws StepFailedException if the connection broke meanwhile: whether it ended is unknown
   * @throws TimedOutException at the command's limit; it may still run
   */
  CommandResult run(Command command);

  /**
   * Runs a command as {@link #run(Command)} does, and tells each line it prints.
   *
   * <p>A host that can tell them as they are printed does, in this thread; any other tells at the
   * end those that the result holds, first of standard output, then of standard error.
   *
   * @param lines may take its time, within the command's limit; what it throws ends the waiting
   */
  default CommandResult run(Command command, Consumer<PrintedLine> lines) {
    CommandResult result = run(command);
    result.out().lines().forEach(line -> lines.accept(new PrintedLine(Stream.OUT, line, 0)));
    result.err().lines().forEach(line -> lines.accept(new PrintedLine(Stream.ERR, line, 0)));
    return result;
  }

  /**
   * Starts a command that outlives the connection and this process, at most once for a name: if one
   * of that name was started before, that one is returned, whether it still runs or not. It runs
   * until it ends or is stopped: the command's own limit bounds nothing, a follower has its own.
   *
   * @param name chosen beforehand; 1 to 100 characters of {@code a-z}, {@code A-Z}, {@code 0-9},
   *     {@code .}, {@code _} and {@code -}; becomes a folder below {@code
   *     /var/lib/cluster-recovery/jobs}
   */
  DetachedCommand start(String name, Command command);

  /**
   * {@return the command started earlier under that name, unless there is none or it was removed}
   */
  Optional<DetachedCommand> find(String name);

  /**
   * Reads a small file as root.
   *
   * @return its bytes, or empty if there is no such file
   * @throws RefusedException if it is larger than 1 MiB, or no regular file
   */
  Optional<byte[]> read(String path);

  /**
   * Uploads a file: written aside, its digest compared on the host, renamed into place.
   *
   * <p>Idempotent: a file that is already there with the same content is not sent again. A lost
   * connection is made anew within a limit and the rest sent; what a lost upload of the same
   * content has left is taken up, too.
   *
   * @param progress hears of the bytes that are on their way; of all of them once the host has
   *     them, while their digest is still compared
   * @return what is on the host now
   */
  RemoteFile upload(Upload upload, Consumer<TransferProgress> progress);

  /**
   * Downloads a file, written aside and renamed into place with mode 0600, its digest compared.
   *
   * <p>Idempotent: a file that is already here with the same content is not fetched again. A lost
   * connection is made anew within a limit and the rest fetched; what a lost download of the same
   * content has left is taken up, too.
   *
   * @return what was read from the host
   */
  RemoteFile download(String path, Path to, Consumer<TransferProgress> progress);

  /**
   * Opens a tunnel from a local port on the loopback address to a port as the host sees it.
   *
   * @param host the name or address as the host resolves it
   */
  Tunnel tunnel(String host, int port);

  /** Closes the connection; detached commands go on. Never throws. */
  @Override
  void close();
}
