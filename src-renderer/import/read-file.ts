import { StetError } from '#shared/contract';
import { call } from '../bridge.ts';
import { base64Of, chooseFiles, tell, tellError } from '../ui/index.ts';
import { setWindow } from '../workspace/index.ts';

const LARGEST = 20_000_000;

/** Reads a file and shows what taking it in would give. Nothing is stored before the person accepts it. */
export async function takeInFile(file: File): Promise<void> {
  if (file.size > LARGEST) {
    tell({
      tone: 'warning',
      text: `“${file.name}” is larger than 20 MB. Stet takes in texts, so cut it down or paste the part you need.`,
    });
    return;
  }
  if (file.size === 0) {
    tell({ tone: 'warning', text: `“${file.name}” is empty: there is nothing to take in.` });
    return;
  }
  try {
    const base64 = await base64Of(file);
    setWindow({ proposal: await call('import.read', { name: file.name, base64 }), fills: null });
  } catch (error) {
    if (error instanceof StetError && error.code === 'cancelled')
      tell({ tone: 'info', text: error.message });
    else tellError(error instanceof Error ? error : new Error(String(error)));
  }
}

/** Lets the person choose a file. */
export async function chooseFile(): Promise<void> {
  const [file] = await chooseFiles({
    accept: '.txt,.text,.md,.html,.htm,.json,.xml,.docx,text/*',
  });
  if (file) await takeInFile(file);
}
