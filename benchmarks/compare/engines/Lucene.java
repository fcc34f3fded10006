import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.TextField;
import org.apache.lucene.document.Field;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.Version;

/** Lucene behind the line protocol of worker.py: `build PASSAGES INDEX` and `serve INDEX`. */
public final class Lucene {
  private static final long WARM_UP_NANOSECONDS = 700_000_000;

  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("build")) {
      build(Path.of(arguments[1]), Path.of(arguments[2]));
    } else {
      serve(Path.of(arguments[1]));
    }
  }

  private static void build(Path passages, Path index) throws IOException {
    IndexWriterConfig configuration = new IndexWriterConfig(new WhitespaceAnalyzer());
    configuration.setRAMBufferSizeMB(256);
    // Merges neighbours only, so that the numbers of documents stay those of the passages.
    configuration.setMergePolicy(new LogDocMergePolicy());
    configuration.setUseCompoundFile(false);
    try (IndexWriter writer = new IndexWriter(new MMapDirectory(index), configuration);
        BufferedReader lines = Files.newBufferedReader(passages)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Document document = new Document();
        document.add(new TextField("text", line, Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
      writer.commit();
    }
  }

  private static void serve(Path index) throws IOException {
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(new MMapDirectory(index)));
    searcher.setQueryCache(null);
    System.out.println("ready " + Version.LATEST);
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      String[] request = line.split("\t");
      List<Query> queries = new ArrayList<>();
      for (String text : Files.readAllLines(Path.of(request[3]))) {
        queries.add(parse(text.substring(text.indexOf('\t') + 1)));
      }
      List<String> answers =
          request[0].equals("HITS")
              ? hits(searcher, queries)
              : measure(
                  searcher, request[0], Integer.parseInt(request[1]), Double.parseDouble(request[2]), queries);
      Files.write(Path.of(request[4]), answers);
      System.out.println("done");
    }
  }

  /** Plain words, `+a +b` or a phrase in quotes; the words have been checked before they come here. */
  private static Query parse(String text) {
    boolean isPhrase = text.startsWith("\"");
    String[] words = text.replace("\"", "").split(" ");
    if (isPhrase && words.length > 1) {
      return new PhraseQuery("text", words);
    }
    if (words.length == 1) {
      return new TermQuery(new Term("text", words[0].replace("+", "")));
    }
    BooleanQuery.Builder builder = new BooleanQuery.Builder();
    for (String word : words) {
      BooleanClause.Occur occur = word.startsWith("+") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
      builder.add(new TermQuery(new Term("text", word.replace("+", ""))), occur);
    }
    return builder.build();
  }

  private static int run(IndexSearcher searcher, String command, Query query) throws IOException {
    if (command.equals("COUNT")) {
      return searcher.count(query);
    }
    int limit = Integer.parseInt(command.split("_")[1]);
    boolean counts = command.endsWith("_COUNT");
    TopScoreDocCollector collector = TopScoreDocCollector.create(limit, counts ? Integer.MAX_VALUE : limit);
    searcher.search(query, collector);
    return counts ? collector.getTotalHits() : collector.topDocs().scoreDocs.length;
  }

  private static List<String> measure(
      IndexSearcher searcher, String command, int repeat, double limit, List<Query> queries) throws IOException {
    long[] best = new long[queries.size()];
    int[] counts = new int[queries.size()];
    Arrays.fill(best, Long.MAX_VALUE);
    // The compiler gets to know the code before the clock starts.
    for (long start = System.nanoTime(); System.nanoTime() - start < WARM_UP_NANOSECONDS; ) {
      for (Query query : queries) {
        run(searcher, command, query);
      }
    }
    long begin = System.nanoTime();
    for (int round = 0; round < repeat && (round == 0 || System.nanoTime() - begin < limit * 1e9); round++) {
      for (int place = 0; place < best.length; place++) {
        long start = System.nanoTime();
        counts[place] = run(searcher, command, queries.get(place));
        best[place] = Math.min(best[place], System.nanoTime() - start);
      }
    }
    List<String> answers = new ArrayList<>();
    for (int place = 0; place < best.length; place++) {
      answers.add(best[place] / 1000.0 + "\t" + counts[place]);
    }
    return answers;
  }

  private static List<String> hits(IndexSearcher searcher, List<Query> queries) throws IOException {
    List<String> answers = new ArrayList<>();
    for (Query query : queries) {
      List<String> found = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(query, 10).scoreDocs) {
        found.add(hit.doc + ":" + hit.score);
      }
      answers.add(String.join("\t", found));
    }
    return answers;
  }
}
