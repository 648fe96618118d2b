export { default, generateMetadata } from '#app/(reader)/contributors/[slug]/page.tsx';
