package io.clusterrecovery;

/**
 * A line as a command has just printed it.
 *
 * @param stream where it was printed
 * @param text the line without its end; what is longer than 64 KiB comes in parts
 * @param missed how many lines before it are not told of, because whoever is told had fallen more
 *     than 4 MiB behind
 */
public record PrintedLine(Stream stream, String text, long missed) {

  /** Where a command prints. */
  public enum Stream {
    /** Standard output. */
    OUT,
    /** Standard error. */
    ERR
  }
}
